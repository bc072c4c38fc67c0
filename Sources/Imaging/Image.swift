/// A picture of 8-bit samples, in rows from the top, channels interleaved.
package struct Image: Hashable, Sendable {
  /// Pixels in a row.
  package let width: Int
  /// The number of rows.
  package let height: Int
  /// Samples per pixel: 1 grey, 3 red-green-blue, 4 with alpha (not premultiplied).
  package let channels: Int
  /// `height × width × channels` samples, row-major.
  package var pixels: [UInt8]

  /// A picture of the given samples.
  package init(width: Int, height: Int, channels: Int, pixels: [UInt8]) {
    precondition([1, 3, 4].contains(channels), "an image has 1, 3 or 4 channels, not \(channels)")
    precondition(
      pixels.count == width * height * channels,
      "\(pixels.count) samples for an image of \(width)×\(height)×\(channels)")
    self.width = width
    self.height = height
    self.channels = channels
    self.pixels = pixels
  }

  /// The sample of one channel at a column `x` and a row `y`.
  package subscript(x: Int, y: Int, channel: Int = 0) -> UInt8 {
    pixels[(y * width + x) * channels + channel]
  }

  /// The same picture with another number of channels.
  ///
  /// Grey is repeated; colour becomes luma, L = (299 R + 587 G + 114 B) / 1000, in the fixed-point
  /// arithmetic of Pillow's `convert("L")`; alpha is dropped, or added as opaque.
  package func converted(toChannels count: Int) -> Image {
    guard count != channels else { return self }
    var samples: [UInt8] = []
    samples.reserveCapacity(width * height * count)
    for start in stride(from: 0, to: pixels.count, by: channels) {
      let red = pixels[start]
      let green = channels == 1 ? red : pixels[start + 1]
      let blue = channels == 1 ? red : pixels[start + 2]
      switch count {
      case 1:
        let luma = 19595 * UInt32(red) + 38470 * UInt32(green) + 7471 * UInt32(blue)
        samples.append(UInt8((luma + 0x8000) >> 16))
      case 3: samples += [red, green, blue]
      default: samples += [red, green, blue, 255]
      }
    }
    return Image(width: width, height: height, channels: count, pixels: samples)
  }
}
