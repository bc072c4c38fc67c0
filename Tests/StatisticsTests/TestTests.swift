import Testing

@testable import Statistics

/// The tests of a mean, against SciPy 1.17.
@Suite struct TestTests {
  private let x = PerSeed([52.1, 53.4, 51.0, 54.2, 52.9])
  private let y = PerSeed([50.3, 52.0, 50.1, 51.7, 52.2])

  @Test func pairedDifferences() {
    let test = (x - y).tTest()
    #expect(abs(test.t - 4.514264622952663) < 1e-9)
    #expect(abs(test.p - 0.010705108476576212) < 1e-11)
    #expect(test.degreesOfFreedom == 4)
    #expect(abs((x - y).tTest(alternative: .greater).p - 0.005352554238288106) < 1e-11)
    #expect(abs((x - y).tTest(alternative: .less).p - 0.9946474457617119) < 1e-11)
  }

  @Test func nullValueShiftsTheEffect() {
    let test = (x - y).tTest(against: 1)
    #expect(abs(test.effect - 0.46) < 1e-12)
    #expect(abs(test.p - (x - y).map { $0 - 1 }.tTest().p) < 1e-12)
  }

  @Test func agreeingSeedsLeaveNoDoubt() {
    let agreeing = PerSeed([0.5, 0.5, 0.5])
    #expect(agreeing.tTest().p == 0)
    #expect(agreeing.tTest(alternative: .less).p == 1)
    #expect(agreeing.tTest(against: 0.5).p == 1)
    #expect(PerSeed([7.0]).tTest().p == 1)
  }

  @Test func equivalence() {
    let test = (x - y).equivalenceTest(margin: 3)
    #expect(abs(test.p - 0.004447298905852449) < 1e-11)
    #expect(test.isEquivalent)
    #expect(abs(test.interval.lower - 0.7705197483967813) < 1e-9)
    #expect(abs(test.interval.upper - 2.1494802516032174) < 1e-9)
    // The test and the 90 % interval within the margin are the same decision.
    #expect(!(x - y).equivalenceTest(margin: 2.14).isEquivalent)
    #expect((x - y).equivalenceTest(margin: 2.15).isEquivalent)
  }

  /// By hand: 4 · 0.005, 3 · 0.01, 2 · 0.03, and 0.04 raised to the one before it.
  @Test func holm() {
    let adjusted = holmAdjusted([0.01, 0.04, 0.03, 0.005])
    let expected = [0.03, 0.06, 0.06, 0.02]
    #expect(zip(adjusted, expected).allSatisfy { abs($0 - $1) < 1e-15 })
    #expect(holmAdjusted([0.5, 0.9]) == [1, 1])
    #expect(holmAdjusted([]) == [])
  }

  @Test(arguments: [
    (3, 3.264043549820), (5, 1.681997282216), (10, 0.996002254307),
    (30, 0.529236244776),
  ])
  func detectableEffect(count: Int, inStandardDeviations: Double) {
    let effect = minimalDetectableEffect(count: count, standardDeviation: 2)
    #expect(abs(effect - 2 * inStandardDeviations) < 1e-6)
  }

  /// The power against SciPy's noncentral t, and against Owen's Q integrated
  /// by SciPy's `quad`.
  @Test(arguments: [
    (MeanTest.positive, 0.7, 19, 0.9498854746), (.positive, 0.3, 10, 0.1847962603),
    (.within(margin: 1), 0, 6, 0.6789276851),
    (.within(margin: 1), 0.4, 10, 0.7062835837),
  ])
  func power(test: MeanTest, effect: Double, count: Int, expected: Double) {
    let power = test.power(effect: effect, standardDeviation: 0.8, count: count)
    #expect(abs(power - expected) < 1e-6)
  }

  @Test func seedsNeeded() {
    #expect(MeanTest.positive.seedsNeeded(effect: 0, standardDeviation: 1) == nil)
    #expect(MeanTest.positive.seedsNeeded(effect: -1, standardDeviation: 1) == nil)
    #expect(MeanTest.positive.seedsNeeded(effect: 1, standardDeviation: 0) == 2)
    #expect(MeanTest.within(margin: 1).seedsNeeded(effect: 1, standardDeviation: 0.1) == nil)
  }

  @Test func oneSeedDetectsNothing() {
    #expect(minimalDetectableEffect(count: 1, standardDeviation: 1) == .infinity)
  }
}
