import Foundation

extension Image {
  /// The longest side that is read; a guard against damaged headers that ask for all memory.
  package static let largestSide = 32_768
  /// The largest number of pixels that is read.
  package static let mostPixels = 1 << 26

  /// The picture in a PNG or JPEG file, recognised by its first bytes.
  package init(contentsOf path: String) throws(ImageError) {
    try self.init(decoding: Image.bytes(of: path), named: path)
  }

  /// The picture in the bytes of a PNG or JPEG file.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - name: What error messages call it.
  /// - Throws: `ImageError`, which names the file and what is wrong with it.
  package init(decoding bytes: [UInt8], named name: String) throws(ImageError) {
    if bytes.starts(with: PNG.signature) {
      self = try PNG.image(decoding: bytes, named: name)
    } else if bytes.starts(with: JPEG.signature) {
      self = try JPEG.image(decoding: bytes, named: name)
    } else {
      throw .notAnImage(name)
    }
  }

  static func checkSize(width: Int, height: Int, named name: String) throws(ImageError) {
    guard
      (1...largestSide).contains(width), (1...largestSide).contains(height),
      width * height <= mostPixels
    else { throw .tooLarge(name, width: width, height: height) }
  }

  static func bytes(of path: String) throws(ImageError) -> [UInt8] {
    do {
      return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    } catch CocoaError.fileReadNoSuchFile {
      throw .missing(path)
    } catch {
      throw .unreadable(path, reason: ImageError.reason(error))
    }
  }
}
