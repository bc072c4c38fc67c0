import Foundation
import Imaging
import Tensors

/// CIFAR-FS: the 100 classes of CIFAR-100 with 600 images each; 64 / 16 / 20 classes.
///
/// Two layouts are recognised: `cifar-100-binary` (`train.bin`, `test.bin`, `fine_label_names.txt`)
/// and folders of images named by their class, as in Bertinetto's archive (`cifar100/data/<class>`)
/// or, already divided, learn2learn's (`processed/train/<class>`). The classes are divided by
/// Bertinetto's lists; images are scaled to [0, 1], and resized with the Lanczos filter where another
/// size than their own is asked for.
///
/// - Reference: Bertinetto, Henriques, Torr and Vedaldi, "Meta-learning with differentiable
///   closed-form solvers", ICLR 2019. <https://arxiv.org/abs/1805.08136>
public struct CIFARFS: Codable, Hashable, Sendable {
  /// The side of the images in pixels.
  public var side: Int
  /// The number of images read of every class; nil reads all.
  public var imagesPerClass: Int?

  /// The side of the images as they are published.
  static let publishedSide = 32

  /// CIFAR-FS at its own size or another one.
  public init(side: Int = 32, imagesPerClass: Int? = nil) {
    self.side = side
    self.imagesPerClass = imagesPerClass
  }

  /// The images, read from a folder.
  ///
  /// In the folder `cache`, if given, prepared images are kept, to start faster the next time.
  ///
  /// - Throws: ``DataError`` or an image's own error, naming the file and the remedy.
  public func dataSet(in root: URL, cache: URL? = nil) throws -> DataSet {
    let list = try ClassList("cifar_fs")
    let purpose = "cifar-fs \(side) lanczos \(imagesPerClass ?? 0)"
    let collection = try ImageCache(folder: cache).collection(purpose, from: [root]) {
      try prepared(list, in: Folder(root))
    }
    return try list.dataSet(
      collection, preparation: "\(side)×\(side), training and test images pooled")
  }

  private func prepared(_ list: ClassList, in folder: Folder) throws -> ImageCollection {
    var collection = ImageCollection(
      shape: [side, side, 3], expecting: list.all.count * (imagesPerClass ?? 600))
    let binaries = [folder, folder["cifar-100-binary"]]
    let trees = [folder["cifar100/data"], folder["data"], folder["processed"], folder]
      .map { ClassFolders(in: $0) }
    if let binary = binaries.first(where: { $0.file("train.bin") != nil }) {
      try append(binary, list.all, to: &collection)
    } else if let tree = trees.first(where: { tree in
      list.all.contains { tree.folders[$0] != nil }
    }) {
      try tree.append(list.all, imagesPerClass: imagesPerClass, to: &collection)
    } else {
      throw DataError.missing(
        "CIFAR-100 (cifar-100-binary, or class folders such as apple)", place: folder.url.path,
        remedy: "fetch https://www.cs.toronto.edu/~kriz/cifar-100-binary.tar.gz, or name its "
          + "folder with --data-root")
    }
    return collection
  }

  private func append(
    _ folder: Folder, _ names: [String], to collection: inout ImageCollection
  ) throws {
    guard let list = folder.file("fine_label_names.txt"),
      let text = try? String(contentsOf: list, encoding: .utf8)
    else {
      throw DataError.missing(
        "fine_label_names.txt", place: folder.url.path,
        remedy: "unpack cifar-100-binary.tar.gz again")
    }
    let labels = text.split(whereSeparator: \.isNewline).map(String.init)
    var images = [[Image]](repeating: [], count: labels.count)
    for file in ["train.bin", "test.bin"] {
      let url = folder.url.appendingPathComponent(file)
      for record in try CIFARRecords(url: url).all() {
        guard record.fineLabel < labels.count else {
          throw DataError.unreadable(
            file: url.path, reason: "it has a label \(record.fineLabel) without a name",
            remedy: "Use the unchanged cifar-100-binary archive")
        }
        images[record.fineLabel].append(record.image)
      }
    }
    let numbers = Dictionary(zip(labels, labels.indices)) { first, _ in first }
    for name in names {
      guard let number = numbers[name] else { continue }
      collection.append(
        name: name, group: "",
        images: Array(images[number].prefix(imagesPerClass ?? images[number].count)))
    }
  }
}
