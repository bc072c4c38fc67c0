import CJPEG

/// Reading of JPEG files, baseline and progressive, through libjpeg.
enum JPEG {
  static let signature: [UInt8] = [0xFF, 0xD8, 0xFF]

  /// The picture in a JPEG file: grey or red-green-blue; CMYK is converted as Pillow does.
  static func image(decoding bytes: [UInt8], named name: String) throws(ImageError) -> Image {
    let header = try decode(bytes, into: nil, named: name)
    try Image.checkSize(width: header.width, height: header.height, named: name)
    var pixels = [UInt8](repeating: 0, count: header.width * header.height * header.channels)
    try pixels.withUnsafeMutableBufferPointer { buffer throws(ImageError) in
      _ = try decode(bytes, into: buffer, named: name)
    }
    guard header.channels == 4 else {
      return Image(
        width: header.width, height: header.height, channels: header.channels, pixels: pixels)
    }
    return Image(
      width: header.width, height: header.height, channels: 3,
      pixels: colours(fromInks: pixels, inverted: header.inverted))
  }

  private struct Header {
    var width: Int
    var height: Int
    var channels: Int
    var inverted: Bool
  }

  private static func decode(
    _ bytes: [UInt8], into pixels: UnsafeMutableBufferPointer<UInt8>?, named name: String
  ) throws(ImageError) -> Header {
    var width: UInt32 = 0
    var height: UInt32 = 0
    var channels: UInt32 = 0
    var inverted: Int32 = 0
    var message = [CChar](repeating: 0, count: Int(JMSG_LENGTH_MAX))
    let outcome = jpeg_memory_decode(
      bytes, bytes.count, pixels?.baseAddress, pixels?.count ?? 0, &width, &height, &channels,
      &inverted, &message)
    switch outcome {
    case 0: break
    case 2: throw .truncated(name)
    default:
      let reason = String(
        decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      throw .corrupt(name, reason: reason)
    }
    return Header(
      width: Int(width), height: Int(height), channels: Int(channels), inverted: inverted != 0)
  }

  /// R = (1 − C)(1 − K) and so on; files with Adobe's marker store 255 minus the ink.
  private static func colours(fromInks samples: [UInt8], inverted: Bool) -> [UInt8] {
    var colours: [UInt8] = []
    colours.reserveCapacity(samples.count / 4 * 3)
    for start in stride(from: 0, to: samples.count, by: 4) {
      let light = (0..<4).map { Int(inverted ? samples[start + $0] : 255 - samples[start + $0]) }
      for ink in 0..<3 {
        let product = (255 - light[ink]) * light[3] + 128
        colours.append(UInt8(clamping: light[3] - ((product >> 8) + product) >> 8))
      }
    }
    return colours
  }
}
