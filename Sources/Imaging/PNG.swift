import CPNG

/// Reading and writing of PNG files: pixels through libpng's simplified interface, which reports
/// errors by value; text and resolution as chunks of our own, so that their order is ours.
package enum PNG {
  static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  private static let alphaFlag: UInt32 = 1
  private static let colourFlag: UInt32 = 2

  /// The picture in a PNG file; palettes are resolved, 1-, 2- and 4-bit grey becomes 8-bit grey.
  static func image(decoding bytes: [UInt8], named name: String) throws(ImageError) -> Image {
    var reader = png_image()
    reader.version = UInt32(PNG_IMAGE_VERSION)
    defer { png_image_free(&reader) }
    guard PNGChunk.isComplete(bytes) else { throw .truncated(name) }

    // libpng keeps the pointer between the two calls, hence one closure around both.
    var pixels: [UInt8] = []
    var failure: ImageError?
    bytes.withUnsafeBytes { file in
      guard png_image_begin_read_from_memory(&reader, file.baseAddress, file.count) != 0 else {
        failure = .corrupt(name, reason: message(of: reader))
        return
      }
      do throws(ImageError) {
        try Image.checkSize(width: Int(reader.width), height: Int(reader.height), named: name)
      } catch {
        failure = error
        return
      }
      let hasAlpha = reader.format & alphaFlag != 0
      let hasColour = reader.format & colourFlag != 0
      reader.format = hasAlpha ? alphaFlag | colourFlag : (hasColour ? colourFlag : 0)
      let channels = hasAlpha ? 4 : (hasColour ? 3 : 1)
      pixels = [UInt8](
        repeating: 0, count: Int(reader.width) * Int(reader.height) * channels)
      if png_image_finish_read(&reader, nil, &pixels, 0, nil) == 0 {
        failure = .corrupt(name, reason: message(of: reader))
      }
    }
    if let failure { throw failure }
    let count = Int(reader.width) * Int(reader.height)
    return Image(
      width: Int(reader.width), height: Int(reader.height), channels: pixels.count / count,
      pixels: pixels)
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
