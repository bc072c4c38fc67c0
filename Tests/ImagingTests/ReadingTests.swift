import Foundation
import Imaging
import Testing

struct ReadingTests {
  @Test(arguments: try PillowFixtures.load().decodings)
  func agreesWithPillow(_ fixture: PillowFixtures.Decoding) throws {
    let image = try Image(decoding: [UInt8](fixture.file), named: fixture.name)
    #expect(image.width == fixture.size[0] && image.height == fixture.size[1])
    #expect(image.channels == fixture.channels)
    // Builds of libjpeg may round colours differently by one.
    let tolerance = fixture.name.hasSuffix("JPEG") ? 2 : 0
    let differences = zip(image.pixels, fixture.pixels).map { abs(Int($0) - Int($1)) }
    #expect(differences.count == image.pixels.count)
    #expect((differences.max() ?? 0) <= tolerance)
  }

  /// Every proper beginning of a file is an error, and none of them ends the process.
  @Test(arguments: try PillowFixtures.load().decodings)
  func refusesEveryTruncation(_ fixture: PillowFixtures.Decoding) throws {
    let file = [UInt8](fixture.file)
    let isJPEG = fixture.name.hasSuffix("JPEG")
    for length in 0..<(file.count - (isJPEG ? 2 : 0)) {
      #expect(throws: ImageError.self, "\(length) of \(file.count) bytes") {
        try Image(decoding: Array(file[..<length]), named: fixture.name)
      }
    }
  }

  /// Damage anywhere gives a picture or an error; a PNG's checksums always notice.
  @Test(arguments: try PillowFixtures.load().decodings)
  func survivesDamage(_ fixture: PillowFixtures.Decoding) throws {
    let file = [UInt8](fixture.file)
    for position in stride(from: 8, to: file.count, by: 3) {
      var damaged = file
      damaged[position] ^= 0x55
      let image = try? Image(decoding: damaged, named: fixture.name)
      if let image { #expect(image.pixels.count == image.width * image.height * image.channels) }
    }
  }

  @Test func saysWhatIsWrong() throws {
    #expect(throws: ImageError.missing("/nowhere/0709_01.png")) {
      try Image(contentsOf: "/nowhere/0709_01.png")
    }
    #expect(throws: ImageError.notAnImage("page.html")) {
      try Image(decoding: Array("<html>".utf8), named: "page.html")
    }
    let fixture = try #require(try PillowFixtures.load().decodings.first)
    #expect(throws: ImageError.truncated("a.png")) {
      try Image(decoding: Array(fixture.file.dropLast(20)), named: "a.png")
    }
    var damaged = [UInt8](fixture.file)
    damaged[20] ^= 1
    let error = try #require(throws: ImageError.self) {
      try Image(decoding: damaged, named: "b.png")
    }
    #expect("\(error)".hasPrefix("b.png: damaged image ("))
  }

  @Test func refusesHugeHeaders() throws {
    let jpeg = try #require(
      try PillowFixtures.load().decodings.first { $0.name == "baseline JPEG" })
    var file = [UInt8](jpeg.file)
    let frame = try #require(file.indices.first { file[$0...].starts(with: [0xFF, 0xC0]) })
    file.replaceSubrange(frame + 5..<frame + 9, with: [0xFF, 0x00, 0xFF, 0x00])
    #expect(throws: ImageError.tooLarge("c.jpg", width: 65280, height: 65280)) {
      try Image(decoding: file, named: "c.jpg")
    }
  }

  /// Thousands of scans over a large picture fit into a small file, and would take minutes.
  @Test func tooManyScansAreRefused() throws {
    let fixtures = try PillowFixtures.load()
    let file = try #require(fixtures.decodings.first { $0.name == "progressive JPEG" }).file
    let bytes = [UInt8](file)
    let last = try #require(bytes.indices.dropLast().last { bytes[$0...$0 + 1] == [0xFF, 0xDA] })
    let scan = bytes[last..<bytes.count - 2]
    let end = bytes.suffix(2)
    func withScans(_ more: Int) -> [UInt8] {
      bytes.dropLast(2) + (0..<more).flatMap { _ in scan } + end
    }
    #expect(try Image(decoding: withScans(20), named: "some").width > 0)
    #expect(throws: ImageError.corrupt("many", reason: "more than 100 scans")) {
      try Image(decoding: withScans(200), named: "many")
    }
  }
}
