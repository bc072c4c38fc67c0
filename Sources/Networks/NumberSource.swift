import Foundation

/// Numbers made of a generator's words alone, so that they depend on no library's algorithm.
struct NumberSource<Words: RandomNumberGenerator> {
  var generator: Words

  init(_ generator: Words) { self.generator = generator }

  mutating func uniform(in range: ClosedRange<Double>) -> Double {
    let unit = Double(generator.next() >> 11) * 0x1p-53
    return range.lowerBound + (range.upperBound - range.lowerBound) * unit
  }

  /// Whether something of the given probability happens.
  mutating func happens(_ probability: Double) -> Bool { uniform(in: 0...1) < probability }

  mutating func uniform(within bound: Double) -> Double { uniform(in: -bound...bound) }

  /// A standard normal number, by Marsaglia's polar method.
  mutating func normal() -> Double {
    while true {
      let (x, y) = (uniform(within: 1), uniform(within: 1))
      let square = x * x + y * y
      if square > 0, square < 1 { return x * (-2 * log(square) / square).squareRoot() }
    }
  }

  mutating func normal(within bound: Double) -> Double {
    while true {
      let number = normal()
      if abs(number) <= bound { return number }
    }
  }
}
