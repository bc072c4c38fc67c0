import Networks
import Tensors
import Testing

struct InitializerTests {
  /// A generator of the standard library's interface with known words (SplitMix64).
  struct Words: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }

  static let filter: Shape = [3, 3, 16, 64]

  @Test(arguments: [
    // Deviations: a/√3 of a uniform distribution in ±a; 0.8796 σ of a normal one cut at 2σ.
    (Initializer.glorotUniform, (6.0 / (9 * 80) / 3).squareRoot()),
    (.heNormal, (2.0 / 144).squareRoot()),
    (.fanInUniform, 1 / (144.0 * 3).squareRoot()),
    (.normal(deviation: 0.5), 0.5),
    (.truncatedNormal(deviation: 0.01), 0.0087963),
    (.uniform(-1...1), 1 / 3.0.squareRoot()),
  ])
  func hasTheMomentsOfItsDistribution(initializer: Initializer, deviation: Double) {
    var words = Words(state: 7)
    let drawn = initializer(Self.filter, using: &words).scalars.map(Double.init)
    let count = Double(drawn.count)
    let mean = drawn.reduce(0, +) / count
    let spread = (drawn.reduce(0) { $0 + $1 * $1 } / count - mean * mean).squareRoot()
    // Four standard errors of 9216 draws.
    #expect(abs(mean) < 4 * deviation / count.squareRoot())
    #expect(abs(spread / deviation - 1) < 4 / (2 * count).squareRoot())
  }

  @Test func staysInItsBounds() {
    var words = Words(state: 1)
    let bound = Float((6.0 / (9 * 80)).squareRoot())
    #expect(
      Initializer.glorotUniform(Self.filter, using: &words).scalars.allSatisfy { abs($0) <= bound })
    let cut = Initializer.truncatedNormal(deviation: 0.01)(Self.filter, using: &words)
    #expect(cut.scalars.allSatisfy { abs($0) <= 0.02 })
    #expect(Initializer.constant(1)([3], using: &words).scalars == [1, 1, 1])
  }

  @Test func equalWordsGiveEqualNumbers() {
    var (first, second, third) = (Words(state: 3), Words(state: 3), Words(state: 4))
    let drawn = Initializer.heNormal([5, 7], using: &first)
    #expect(drawn == Initializer.heNormal([5, 7], using: &second))
    #expect(drawn != Initializer.heNormal([5, 7], using: &third))
    #expect(first.state == second.state)
  }
}
