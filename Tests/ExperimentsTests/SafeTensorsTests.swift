import Experiments
import Foundation
import Testing

struct SafeTensorsTests {
  static let example = SafeTensors(
    [
      "b": .init(shape: [2, 3], scalars: [1, -2.5, .pi, 0, -0.0, Float(bitPattern: 77)]),
      "a": .init(shape: [], scalars: [7]),
      "empty": .init(shape: [0, 4], scalars: []),
      "é 🦔": .init(shape: [2], scalars: [.infinity, -.greatestFiniteMagnitude]),
    ],
    metadata: ["epoch": "12", "seed": "0"])

  @Test func contentComesBackToTheBit() throws {
    let back = try SafeTensors(decoding: Self.example.encoded())
    #expect(back == Self.example)
    #expect(back["b"]?.scalars.map(\.bitPattern) == Self.example["b"]?.scalars.map(\.bitPattern))
    let nan = Float(bitPattern: 0x7FC0_1234)
    let odd = SafeTensors(["x": .init(shape: [1], scalars: [nan])])
    #expect(
      try SafeTensors(decoding: odd.encoded())["x"]?.scalars[0].bitPattern == nan.bitPattern)
    #expect(try SafeTensors(decoding: SafeTensors().encoded()) == SafeTensors())
  }

  @Test func theBytesAreThoseOfTheFormat() {
    let file = SafeTensors(
      ["w": .init(shape: [2], scalars: [1, 2]), "a": .init(shape: [], scalars: [3])],
      metadata: ["k": "v"])
    let header =
      #"{"__metadata__":{"k":"v"},"a":{"data_offsets":[0,4],"dtype":"F32","shape":[]},"#
      + #""w":{"data_offsets":[4,12],"dtype":"F32","shape":[2]}}"#
    let padding = String(repeating: " ", count: (8 - header.utf8.count % 8) % 8)
    let length = UInt8(header.utf8.count + padding.utf8.count)
    let expected =
      Data([length, 0, 0, 0, 0, 0, 0, 0]) + Data((header + padding).utf8)
      + Data([0, 0, 64, 64, 0, 0, 128, 63, 0, 0, 0, 64])
    #expect(file.encoded() == expected)
  }

  @Test func everyTruncationIsAnError() {
    let bytes = Self.example.encoded()
    for count in 0..<bytes.count {
      #expect(throws: SafeTensorsError.self) { try SafeTensors(decoding: bytes.prefix(count)) }
    }
    #expect(throws: SafeTensorsError.trailing(count: 1)) {
      try SafeTensors(decoding: bytes + [0])
    }
  }

  @Test func garbageIsAnErrorAndNoCrash() {
    var state: UInt64 = 1
    let bytes = Self.example.encoded()
    for _ in 0..<3000 {
      var broken = bytes
      for _ in 0..<3 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        broken[Int(state >> 33) % min(broken.count, 300)] = UInt8(truncatingIfNeeded: state >> 20)
      }
      // Whatever is still readable must at least be consistent.
      guard let read = try? SafeTensors(decoding: broken) else { continue }
      for entry in read.entries.values {
        #expect(entry.shape.reduce(1, *) == entry.scalars.count)
      }
    }
  }

  private static func file(_ header: String, numbers: Int = 0) -> Data {
    let length = (0..<8).map { UInt8(truncatingIfNeeded: header.utf8.count >> (8 * $0)) }
    return Data(length) + Data(header.utf8) + Data(count: numbers)
  }

  @Test(arguments: [
    (#"{"x":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}"#, 8),
    (#"{"x":{"dtype":"F32","shape":[-1,-1],"data_offsets":[0,4]}}"#, 4),
    (#"{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#, 4),
    (#"{"x":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#, 8),
    (#"{"x":{"dtype":"F32","shape":[1],"data_offsets":[0]}}"#, 4),
    (#"{"x":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}}"#, 0),
    (#"{"x":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}"#, 0),
    (
      #"{"x":{"dtype":"F32","shape":[2305843009213693951],"#
        + #""data_offsets":[0,9223372036854775804]}}"#, 0
    ),
    (
      #"{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"#
        + #""y":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, 4
    ),
    (#"{"x":{"dtype":"F32","shape":[1]}}"#, 4),
    (#"{"x":3}"#, 0),
    ("[]", 0),
    ("{", 0),
    ("", 0),
  ])
  func wrongHeadersAreErrors(header: String, numbers: Int) {
    #expect(throws: SafeTensorsError.self) {
      try SafeTensors(decoding: Self.file(header, numbers: numbers))
    }
  }

  @Test func anotherKindOfFileIsNamed() throws {
    let error = #expect(throws: SafeTensorsError.self) {
      try SafeTensors(decoding: Data("<!DOCTYPE html><html>".utf8))
    }
    #expect(try #require(error).description.contains("another kind of file"))
    let type = #expect(throws: SafeTensorsError.self) {
      try SafeTensors(
        decoding: Self.file(#"{"x":{"dtype":"BF16","shape":[1],"data_offsets":[0,2]}}"#, numbers: 2)
      )
    }
    #expect(try #require(type).description.contains("BF16"))
  }
}
