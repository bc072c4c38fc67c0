import Networks
import Tensors
import TestSupport
import Testing

struct InitializerTests {
  static let filter: Shape = [3, 3, 16, 64]

  /// Deviations: a/√3 of a uniform distribution in ±a; 0.8796 σ of a normal one cut at 2σ.
  static let deviations: [(Initializer, Double)] = [
    (.glorotUniform, 0.0527046),
    (.heNormal, 0.1178511),
    (.fanInUniform, 0.0481125),
    (.normal(deviation: 0.5), 0.5),
    (.truncatedNormal(deviation: 0.01), 0.0087963),
    (.uniform(-1...1), 0.5773503),
  ]

  @Test(arguments: deviations)
  func hasTheMomentsOfItsDistribution(initializer: Initializer, deviation: Double) {
    var words = TestNumbers(seed: 7)
    let drawn = initializer(Self.filter, using: &words).scalars.map(Double.init)
    let count = Double(drawn.count)
    let mean = drawn.reduce(0, +) / count
    let spread = (drawn.reduce(0) { $0 + $1 * $1 } / count - mean * mean).squareRoot()
    // Four standard errors of 9216 draws.
    #expect(abs(mean) < 4 * deviation / count.squareRoot())
    #expect(abs(spread / deviation - 1) < 4 / (2 * count).squareRoot())
  }

  @Test func staysInItsBounds() {
    var words = TestNumbers(seed: 1)
    let bound = Float((6.0 / (9 * 80)).squareRoot())
    #expect(
      Initializer.glorotUniform(Self.filter, using: &words).scalars.allSatisfy { abs($0) <= bound })
    let cut = Initializer.truncatedNormal(deviation: 0.01)(Self.filter, using: &words)
    #expect(cut.scalars.allSatisfy { abs($0) <= 0.02 })
    #expect(Initializer.constant(1)([3], using: &words).scalars == [1, 1, 1])
  }

  @Test func equalWordsGiveEqualNumbers() {
    var (first, second, third) = (TestNumbers(seed: 3), TestNumbers(seed: 3), TestNumbers(seed: 4))
    let drawn = Initializer.heNormal([5, 7], using: &first)
    #expect(drawn == Initializer.heNormal([5, 7], using: &second))
    #expect(drawn != Initializer.heNormal([5, 7], using: &third))
    #expect(first.next() == second.next())
  }
}
