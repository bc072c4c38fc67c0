import Foundation
import Testing

/// Numbers that Pillow computed; `Fixtures/generate.py` wrote them.
struct PillowFixtures: Decodable {
  struct Resizing: Decodable, Sendable, CustomTestStringConvertible {
    var source: [Int]
    var target: [Int]
    var channels: Int
    var filter: String
    var pixels: Data

    var testDescription: String { "\(filter) \(source) → \(target), \(channels) channels" }
  }

  struct Decoding: Decodable, Sendable, CustomTestStringConvertible {
    var name: String
    var size: [Int]
    var channels: Int
    var file: Data
    var pixels: Data

    var testDescription: String { name }
  }

  var resizings: [Resizing]
  var decodings: [Decoding]
  var luma: Data

  static func load() throws -> PillowFixtures {
    let file = try #require(
      Bundle.module.url(forResource: "pillow", withExtension: "json", subdirectory: "Fixtures"))
    return try JSONDecoder().decode(PillowFixtures.self, from: Data(contentsOf: file))
  }
}

/// The picture of plain arithmetic that the generator resizes, too.
func pattern(_ width: Int, _ height: Int, _ channels: Int) -> [UInt8] {
  (0..<width * height * channels).map { index in
    let c = index % channels
    let x = index / channels % width
    let y = index / channels / width
    let smooth = (x * 5 + y * 3 + c * 40) % 256
    let edge = (x / 7 + y / 5 + c) % 2 == 0 ? 0 : 255
    let noise = (x * 7919 + y * 104_729 + c * 1_299_709) % 61
    return UInt8((smooth + edge + noise) / 3 % 256)
  }
}
