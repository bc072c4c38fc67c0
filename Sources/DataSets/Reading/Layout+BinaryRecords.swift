import Imaging

extension Layout {
  /// `cifar-100-binary`: `train.bin`, `test.bin` and `fine_label_names.txt`.
  static let binaryRecords = Layout { folder, set in
    guard let train = try folder.file("train.bin") else { return nil }
    func file(_ name: String) throws -> DataFile {
      guard let file = try folder.file(name) else {
        throw DataError.missing(
          name, place: folder.path, remedy: "unpack cifar-100-binary.tar.gz again")
      }
      return file
    }
    let list = try file("fine_label_names.txt")
    guard let text = String(validating: try list.bytes(), as: UTF8.self) else {
      throw DataError.unreadable(
        file: list.path, reason: "it is not UTF-8",
        remedy: "Unpack cifar-100-binary.tar.gz again")
    }
    let labels = text.split(whereSeparator: \.isWhitespace).map(String.init)
    var places = [[ImagePlace]](repeating: [], count: labels.count)
    for file in [train, try file("test.bin")] {
      for (index, label) in try BinaryRecords(file.bytes(), path: file.path).labels.enumerated() {
        guard label < labels.count else {
          throw DataError.unreadable(
            file: file.path, reason: "it has a label \(label) without a name",
            remedy: "Use the unchanged cifar-100-binary archive")
        }
        places[label].append(.record(file, index))
      }
    }
    let found = Dictionary(zip(labels, places)) { $0 + $1 }
    return Inventory(
      set: set, path: folder.path, layout: "cifar-100-binary",
      classes: try set.lists.names().compactMap { name in
        found[name].flatMap { $0.isEmpty ? nil : ListedClass(name: name, images: $0) }
      },
      lists: [list.archiveOrPath])
  }
}

/// A file of CIFAR-100's binary version: records of a coarse label, a fine label and the planes
/// of red, green and blue.
struct BinaryRecords {
  private let bytes: [UInt8]

  /// The side of the images in pixels.
  private static let side = 32
  private static let plane = side * side
  private static let length = 2 + 3 * plane

  /// - Throws: ``DataError`` if it is cut off.
  init(_ bytes: [UInt8], path: String) throws {
    guard !bytes.isEmpty, bytes.count.isMultiple(of: Self.length) else {
      throw DataError.unreadable(
        file: path,
        reason: "\(bytes.count) bytes are no whole number of records of \(Self.length)",
        remedy: "The file is truncated or not of CIFAR-100: unpack cifar-100-binary.tar.gz again")
    }
    self.bytes = bytes
  }

  /// The fine label of every record.
  var labels: [Int] {
    stride(from: 1, to: bytes.count, by: Self.length).map { Int(bytes[$0]) }
  }

  /// The image of a record.
  func image(_ index: Int) -> Image {
    let start = index * Self.length + 2
    var pixels = [UInt8](repeating: 0, count: 3 * Self.plane)
    for place in 0..<Self.plane {
      for channel in 0..<3 {
        pixels[3 * place + channel] = bytes[start + channel * Self.plane + place]
      }
    }
    return Image(width: Self.side, height: Self.side, channels: 3, pixels: pixels)
  }
}
