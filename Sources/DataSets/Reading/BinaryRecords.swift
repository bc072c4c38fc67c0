import Imaging

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
