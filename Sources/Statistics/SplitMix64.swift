/// Vigna's SplitMix64: a small generator whose whole state is a counter.
///
/// Tests of coverage and power draw from it; experiments have a generator of their own.
///
/// - Reference: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA
///   2014.
package struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number in (0, 1), never an end.
  package mutating func uniform() -> Double { (Double(next() >> 11) + 0.5) * 0x1p-53 }

  /// A standard normal number.
  package mutating func normal() -> Double { Normal.quantile(uniform()) }
}
