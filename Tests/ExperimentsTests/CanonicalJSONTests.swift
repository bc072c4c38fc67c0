import Experiments
import Foundation
import Testing

struct CanonicalJSONTests {
  @Test(arguments: [
    0.1, 1.0 / 3, -0.0, 0, 1e300, .leastNonzeroMagnitude, .pi, .infinity, -.infinity,
    123_456_789_012_345_680,
  ])
  func numbersComeBackToTheBit(number: Double) throws {
    let back = try CanonicalJSON.decode([Double].self, from: CanonicalJSON.encode([number]))
    #expect(back.map(\.bitPattern) == [number.bitPattern])
    let single = Float(number)
    let singles = try CanonicalJSON.decode([Float].self, from: CanonicalJSON.encode([single]))
    #expect(singles.map(\.bitPattern) == [single.bitPattern])
  }

  @Test func whatIsNoNumberComesBack() throws {
    #expect(String(decoding: try CanonicalJSON.encode([Double.nan]), as: UTF8.self) == #"["nan"]"#)
    #expect(
      try CanonicalJSON.decode([Double].self, from: CanonicalJSON.encode([Double.nan]))[0].isNaN)
  }
}
