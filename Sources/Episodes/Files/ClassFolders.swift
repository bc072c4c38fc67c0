import Foundation
import Imaging

/// Folders of images, one folder for each class.
struct ClassFolders {
  /// The folder of every class, by name.
  let folders: [String: Folder]

  /// The classes directly in a folder, or in its `train`, `val` and `test`.
  init(in folder: Folder) {
    // A class of CIFAR-100 is called train as well: a part is what holds folders.
    let parts = ["train", "val", "validation", "test"].map { folder[$0] }
      .filter { !$0.folders.isEmpty }
    let classes = (parts.isEmpty ? [folder] : parts).flatMap(\.folders)
    folders = Dictionary(classes.map { ($0.name, $0) }) { first, _ in first }
  }

  /// Appends the classes of the given names, at most so many images of each.
  func append(
    _ names: [String], imagesPerClass: Int?, to collection: inout ImageCollection
  ) throws {
    for name in names {
      guard let folder = folders[name] else { continue }
      let images = folder.images
      guard !images.isEmpty else {
        throw DataError.missing(
          "an image (.jpg, .jpeg or .png)", place: folder.url.path,
          remedy: "unpack the data set again")
      }
      try collection.append(
        name: name, files: Array(images.prefix(imagesPerClass ?? images.count)))
    }
  }
}

extension ImageCollection {
  /// Adds a class from files.
  mutating func append(name: String, files: [URL]) throws {
    append(name: name, group: "", images: try files.map { try Image(contentsOf: $0.path) })
  }
}
