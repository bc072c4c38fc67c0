import CPNG

/// Reading and writing of PNG files: pixels through libpng; text and resolution as chunks of our own, so that their order is ours.
package enum PNG {
  static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  private static let alphaFlag: UInt32 = 1
  private static let colourFlag: UInt32 = 2

  /// The picture in a PNG file, its samples as they stand there: the high byte of 16 bits, palettes
  /// resolved, 1-, 2- and 4-bit grey as 8-bit grey.
  ///
  /// What colour chunks say changes no sample.
  static func image(decoding bytes: [UInt8], named name: String) throws(ImageError) -> Image {
    guard PNGChunk.isComplete(bytes) else { throw .truncated(name) }
    let (width, height, channels) = try decode(bytes, into: nil, named: name)
    try Image.checkSize(width: width, height: height, named: name)
    var pixels = [UInt8](repeating: 0, count: width * height * channels)
    try pixels.withUnsafeMutableBufferPointer { buffer throws(ImageError) in
      _ = try decode(bytes, into: buffer, named: name)
    }
    return Image(width: width, height: height, channels: channels, pixels: pixels)
  }

  private static func decode(
    _ bytes: [UInt8], into pixels: UnsafeMutableBufferPointer<UInt8>?, named name: String
  ) throws(ImageError) -> (width: Int, height: Int, channels: Int) {
    var (width, height, channels) = (UInt32(0), UInt32(0), UInt32(0))
    var message = [CChar](repeating: 0, count: 256)
    let outcome = png_memory_decode(
      bytes, bytes.count, pixels?.baseAddress, pixels?.count ?? 0, &width, &height, &channels,
      &message, message.count)
    guard outcome == 0 else {
      let reason = String(
        decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      throw .corrupt(name, reason: reason)
    }
    return (Int(width), Int(height), Int(channels))
  }

  /// The bytes of a PNG file without any metadata, at zlib's default level.
  static func encoding(_ image: Image) -> [UInt8] {
    var writer = png_image()
    writer.version = UInt32(PNG_IMAGE_VERSION)
    writer.width = UInt32(image.width)
    writer.height = UInt32(image.height)
    writer.format = image.channels == 4 ? alphaFlag | colourFlag : (image.channels == 3 ? 2 : 0)
    defer { png_image_free(&writer) }
    let raw = image.pixels.count + image.height
    var size = raw + raw / 256 + 4096
    var bytes = [UInt8](repeating: 0, count: size)
    let written = png_image_write_to_memory(&writer, &bytes, &size, 0, image.pixels, 0, nil)
    precondition(written != 0, "libpng could not encode an image: \(message(of: writer))")
    return Array(bytes[..<size])
  }

  private static func message(of image: png_image) -> String {
    withUnsafeBytes(of: image.message) { text in
      String(decoding: text.prefix { $0 != 0 }, as: UTF8.self)
    }
  }
}
