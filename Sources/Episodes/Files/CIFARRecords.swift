import Foundation
import Imaging

/// A file of CIFAR-100's binary version: records of a coarse label, a fine label and the planes
/// of red, green and blue.
struct CIFARRecords {
  let url: URL

  func all() throws -> [(fineLabel: Int, image: Image)] {
    guard let data = try? Data(contentsOf: url) else {
      throw DataError.missing(
        url.lastPathComponent, place: url.deletingLastPathComponent().path,
        remedy: "unpack cifar-100-binary.tar.gz again")
    }
    let bytes = [UInt8](data)
    let plane = CIFARFS.publishedSide * CIFARFS.publishedSide
    let length = 2 + 3 * plane
    guard !bytes.isEmpty, bytes.count % length == 0 else {
      throw DataError.unreadable(
        file: url.path, reason: "\(bytes.count) bytes are no whole number of records of \(length)",
        remedy: "The file is truncated or not of CIFAR-100: unpack cifar-100-binary.tar.gz again")
    }
    return stride(from: 0, to: bytes.count, by: length).map { start in
      var pixels = [UInt8](repeating: 0, count: 3 * plane)
      for place in 0..<plane {
        for channel in 0..<3 {
          pixels[3 * place + channel] = bytes[start + 2 + channel * plane + place]
        }
      }
      return (
        Int(bytes[start + 1]),
        Image(
          width: CIFARFS.publishedSide, height: CIFARFS.publishedSide, channels: 3, pixels: pixels)
      )
    }
  }
}
