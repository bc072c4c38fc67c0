import Foundation
import Imaging
import TestSupport
import Testing

struct PNGWritingTests {
  static let texts = [
    PNG.Text("runs", "{\"θ\": \"−0.5 ± 0.1\"}"), PNG.Text("caption", ""), PNG.Text("a", "1"),
  ]

  @Test(arguments: [1, 3, 4])
  func returnsWhatWasWritten(channels: Int) throws {
    let image = Image(width: 33, height: 14, channels: channels, pixels: pattern(33, 14, channels))
    let bytes = PNG.encoding(image, dotsPerInch: 200, texts: Self.texts)
    #expect(try Image(decoding: bytes, named: "memory") == image)
    #expect(PNG.texts(in: bytes) == Self.texts)
    #expect(bytes == PNG.encoding(image, dotsPerInch: 200, texts: Self.texts))
  }

  @Test func noiseFitsItsBuffer() throws {
    var state: UInt32 = 1
    let noise = (0..<300 * 200 * 3).map { _ -> UInt8 in
      state = state &* 1_664_525 &+ 1_013_904_223
      return UInt8(state >> 24)
    }
    let image = Image(width: 300, height: 200, channels: 3, pixels: noise)
    let bytes = PNG.encoding(image, dotsPerInch: 72)
    #expect(try Image(decoding: bytes, named: "memory") == image)
  }

  @Test func statesResolutionBeforeTheRowsAndNoTime() throws {
    let image = Image(width: 1, height: 1, channels: 1, pixels: [0])
    let bytes = PNG.encoding(image, dotsPerInch: 200, texts: Self.texts)
    let names = ["IHDR", "pHYs", "iTXt", "IDAT", "IEND"]
    let positions = try names.map { name in
      try #require(bytes.indices.first { bytes[$0...].starts(with: name.utf8) })
    }
    #expect(positions == positions.sorted())
    // 200 dots per inch are 7874 per metre.
    #expect(bytes[(positions[1] + 4)...].starts(with: [0, 0, 0x1E, 0xC2, 0, 0, 0x1E, 0xC2, 1]))
    #expect(!bytes.indices.contains { bytes[$0...].starts(with: "tIME".utf8) })
  }

  @Test func textsAreReplacedAndNothingElse() throws {
    let image = Image(width: 3, height: 2, channels: 1, pixels: [0, 1, 2, 3, 4, 5])
    let other = [PNG.Text("Results", "of today")]
    #expect(
      PNG.replacingTexts(
        in: PNG.encoding(image, dotsPerInch: 110, texts: Self.texts), with: other)
        == PNG.encoding(image, dotsPerInch: 110, texts: other))
  }

  @Test func writesFilesAndSaysWhyNot() throws {
    let directory = try TemporaryFolder()
    let image = Image(width: 2, height: 2, channels: 1, pixels: [0, 1, 2, 3])
    let path = directory.url.appendingPathComponent("a.png").path
    try PNG.write(image, to: path, dotsPerInch: 200, texts: Self.texts)
    #expect(try Image(contentsOf: path) == image)
    #expect(try PNG.texts(inFile: path) == Self.texts)

    let absent = directory.url.appendingPathComponent("absent/a.png").path
    let error = try #require(throws: ImageError.self) {
      try PNG.write(image, to: absent, dotsPerInch: 200)
    }
    #expect(
      "\(error)" == "\(absent): cannot write the image: no such directory.")
  }
}
