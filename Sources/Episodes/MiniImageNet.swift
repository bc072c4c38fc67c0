import Foundation
import Imaging
import Tensors

/// mini-ImageNet: 100 classes of ImageNet with 600 photographs each; 64 / 16 / 20 classes.
///
/// Two layouts are recognised. Folders of images named by their class (`n01532829/*.jpg`), in the
/// root or in `train`, `val` and `test`; and Ravi and Larochelle's lists `train.csv`, `val.csv`,
/// `test.csv` of file names and classes, with the files in `images`. The classes are divided by
/// the published lists in either case. Images are resized to squares with the Lanczos filter,
/// the aspect ratio ignored, and scaled to [0, 1], as in the code of Finn et al.
///
/// - Reference: Ravi and Larochelle, "Optimization as a model for few-shot learning", ICLR 2017.
public struct MiniImageNet: Codable, Hashable, Sendable {
  /// The side of the resized images in pixels.
  public var side: Int
  /// The number of images read of every class, the first by name; nil reads all.
  public var imagesPerClass: Int?

  /// mini-ImageNet at the given size.
  public init(side: Int = 84, imagesPerClass: Int? = nil) {
    self.side = side
    self.imagesPerClass = imagesPerClass
  }

  /// The images, read from a folder.
  ///
  /// In the folder `cache`, if given, prepared images are kept, to start faster the next time.
  ///
  /// - Throws: ``DataError`` or an image's own error, naming the file and the remedy.
  public func dataSet(in root: URL, cache: URL? = nil) throws -> DataSet {
    let list = try ClassList("mini_imagenet_ravi")
    let purpose = "mini-imagenet \(side) lanczos \(imagesPerClass ?? 0)"
    let collection = try ImageCache(folder: cache).collection(purpose, from: [root]) {
      try prepared(list, in: Folder(root))
    }
    return try list.dataSet(collection, preparation: "\(side)×\(side) Lanczos")
  }

  private func prepared(_ list: ClassList, in folder: Folder) throws -> ImageCollection {
    var collection = ImageCollection(
      shape: [side, side, 3], expecting: list.all.count * (imagesPerClass ?? 600))
    if ["train.csv", "val.csv", "test.csv"].allSatisfy({ folder.file($0) != nil }) {
      try appendListed(in: folder, to: &collection)
      return collection
    }
    let folders = ClassFolders(in: folder)
    guard list.all.contains(where: { folders.folders[$0] != nil }) else {
      throw DataError.missing(
        "mini-ImageNet (class folders such as n01532829, or train.csv, val.csv, test.csv "
          + "with images/)", place: folder.url.path, remedy: "name its folder with --data-root")
    }
    try folders.append(list.all, imagesPerClass: imagesPerClass, to: &collection)
    return collection
  }

  private func appendListed(in folder: Folder, to collection: inout ImageCollection) throws {
    for name in ["train", "val", "test"] {
      let csv = folder.url.appendingPathComponent(name + ".csv")
      let lines = try String(contentsOf: csv, encoding: .utf8)
        .split(whereSeparator: \.isNewline).dropFirst()
      var files: [String: [URL]] = [:]
      for line in lines {
        let fields = line.split(separator: ",")
        guard fields.count == 2 else {
          throw DataError.unreadable(
            file: csv.path, reason: "the line \(line) is not `filename,label`",
            remedy: "Use the lists of Ravi and Larochelle")
        }
        files[String(fields[1]), default: []]
          .append(folder["images"].url.appendingPathComponent(String(fields[0])))
      }
      for label in files.keys.sorted() {
        let all = files[label] ?? []
        try collection.append(
          name: label, files: Array(all.prefix(imagesPerClass ?? all.count)))
      }
    }
  }
}
