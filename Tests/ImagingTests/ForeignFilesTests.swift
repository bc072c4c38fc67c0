import Testing

@testable import Imaging

/// Files as others write them: their samples are taken as they stand there.
struct ForeignFilesTests {
  /// A PNG with one row of the given bytes, and chunks before it.
  private func png(
    width: Int, bits: UInt8, type: UInt8, row: [UInt8], chunks: [(String, [UInt8])] = []
  ) -> [UInt8] {
    let data = [0] + row
    var (a, b) = (1, 0)
    for byte in data {
      a = (a + Int(byte)) % 65_521
      b = (b + a) % 65_521
    }
    // One block that is not compressed.
    let length = [UInt8(data.count & 255), UInt8(data.count >> 8)]
    let stream =
      [0x78, 0x01, 0x01] + length + length.map { ~$0 } + data + bigEndian(UInt32(b << 16 | a))
    let header = bigEndian(UInt32(width)) + bigEndian(1) + [bits, type, 0, 0, 0]
    let all = [("IHDR", header)] + chunks + [("IDAT", stream), ("IEND", [])]
    return PNG.signature + all.flatMap { PNGChunk(name: $0.0, data: $0.1[...]).encoded }
  }

  @Test func sixteenBitsKeepTheirHighByte() throws {
    let grey = png(width: 3, bits: 16, type: 0, row: [0x80, 0x80, 0x80, 0xFF, 0x00, 0x7F])
    #expect(try Image(decoding: grey, named: "grey").pixels == [128, 128, 0])
    let colour = png(width: 1, bits: 16, type: 2, row: [0x80, 0x80, 0x40, 0x01, 0xFF, 0xFE])
    #expect(try Image(decoding: colour, named: "colour").pixels == [128, 64, 255])
    let clear = png(
      width: 1, bits: 16, type: 6, row: [0x80, 0x80, 0x40, 0x01, 0xFF, 0xFE, 0x33, 0x99])
    #expect(try Image(decoding: clear, named: "clear").pixels == [128, 64, 255, 51])
  }

  @Test(arguments: [1.0, 0.55, 0.35])
  func chunksOfColourChangeNoSample(gamma: Double) throws {
    let chunks: [(String, [UInt8])] = [
      ("gAMA", bigEndian(UInt32(gamma * 100_000))),
      ("cHRM", [31_270, 32_900, 60_000, 30_000, 20_000, 60_000, 10_000, 5_000].flatMap(bigEndian)),
      ("sBIT", [5]), ("bKGD", [0, 9]),
    ]
    let grey = png(width: 2, bits: 8, type: 0, row: [128, 7], chunks: chunks)
    #expect(try Image(decoding: grey, named: "grey").pixels == [128, 7])
    let intent = png(width: 1, bits: 8, type: 2, row: [128, 7, 250], chunks: [("sRGB", [1])])
    #expect(try Image(decoding: intent, named: "intent").pixels == [128, 7, 250])
  }

  @Test func greyWithAlphaAndTransparentColoursHaveFourChannels() throws {
    let alpha = png(width: 1, bits: 8, type: 4, row: [90, 17])
    #expect(try Image(decoding: alpha, named: "alpha").pixels == [90, 90, 90, 17])
    let palette = png(
      width: 2, bits: 8, type: 3, row: [1, 0],
      chunks: [("PLTE", [1, 2, 3, 4, 5, 6]), ("tRNS", [0])])
    let image = try Image(decoding: palette, named: "palette")
    #expect(image.pixels == [4, 5, 6, 255, 1, 2, 3, 0])
  }

  @Test func textsUnderStrangeKeywordsAreRead() {
    let long = [UInt8](repeating: 0x61, count: 80)
    let chunks: [(String, [UInt8])] = [
      ("tEXt", [0] + Array("no keyword".utf8)), ("tEXt", long + [0, 0x62]),
      ("tEXt", [0xC9, 0, 0xE9]), ("iTXt", [0x6B, 0, 0, 0, 0, 0] + Array("é".utf8)),
    ]
    let texts = PNG.texts(in: png(width: 1, bits: 8, type: 0, row: [1], chunks: chunks))
    #expect(texts.map(\.keyword) == ["É", "k"] && texts.map(\.text) == ["é", "é"])
  }

  /// Such files are published; Pillow and every browser show them.
  @Test(arguments: ["baseline JPEG", "grey JPEG"])
  func jpegsWhoseScanIsShortAreRead(name: String) throws {
    let fixture = try #require(
      try PillowFixtures.load().decodings.first { $0.name == name })
    let file = [UInt8](fixture.file)
    let short = Array(file.dropLast(12)) + [0xFF, 0xD9]
    let image = try Image(decoding: short, named: name)
    #expect(image.width == fixture.size[0] && image.height == fixture.size[1])
    // What comes first is there.
    let differences = zip(image.pixels, fixture.pixels).prefix(8 * image.channels)
      .map { abs(Int($0) - Int($1)) }
    #expect((differences.max() ?? 255) <= 2)
  }
}
