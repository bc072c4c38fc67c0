import Foundation
import Testing

@testable import Statistics

@Suite struct IntervalTests {
  /// The interval excludes a value exactly where the test's p is below 1 − level.
  @Test(arguments: [5, 10, 30])
  func intervalAndTestAreOneMethod(count: Int) {
    var generator = SplitMix64(seed: 9)
    let sample = PerSeed((0..<count).map { _ in generator.normal() })
    let interval = sample.interval()
    #expect(interval.kind == .studentT)
    for end in [interval.lower, interval.upper] {
      #expect(abs(sample.tTest(against: end).p - 0.05) < 1e-9)
    }
  }

  /// The paired differences of `TestTests`, against `scipy.stats.ttest_1samp(…).confidence_interval`.
  @Test func studentAgreesWithSciPy() {
    let interval = PerSeed([1.8, 1.4, 0.9, 2.5, 0.7]).interval()
    #expect(abs(interval.lower - 0.5620442547877447) < 1e-9)
    #expect(abs(interval.upper - 2.357955745212254) < 1e-9)
    #expect(interval.isAbove(0) && !interval.contains(0))
  }

  @Test func oneSeedBoundsNothing() throws {
    let interval = PerSeed([0.5]).interval()
    #expect(interval.lower == -.infinity && interval.upper == .infinity && !interval.isBounded)
    let decoded = try JSONDecoder().decode(
      Interval.self, from: JSONEncoder().encode(interval))
    #expect(decoded == interval)
  }

  /// A training that diverged leaves no number to build an interval from, and must not end the rest.
  @Test(arguments: [
    [Double.infinity, 1], [.nan, 1, 2], [-.infinity, .infinity, 0],
    [.greatestFiniteMagnitude, 0, 1],
  ])
  func whatIsNotFiniteBoundsNothing(values: [Double]) {
    for interval in [PerSeed(values).interval(), PerSeed(values + [.nan]).medianInterval()] {
      #expect(interval.lower == -.infinity && interval.upper == .infinity)
    }
    #expect(PerSeed([1, Double.nan, 2]).median.isNaN)
    #expect(PerSeed([1, Double.infinity, 2]).medianInterval().estimate == 2)
  }

  @Test(arguments: [
    (8, 10, 0.4901624715366418, 0.9433178485456248), (0, 20, 0, 0.16112515805281935),
    (20, 20, 0.8388748419471808, 1), (540, 600, 0.8733923087771032, 0.9215183304119361),
  ])
  func wilson(successes: Int, trials: Int, lower: Double, upper: Double) {
    let interval = Interval.wilson(successes: successes, trials: trials)
    #expect(abs(interval.lower - lower) < 1e-12 && abs(interval.upper - upper) < 1e-12)
  }

  @Test func oneSidedWilsonLimits() {
    #expect(
      abs(Interval.wilsonLowerLimit(successes: 95, trials: 100) - 0.9008389147209472) < 1e-12)
    #expect(
      abs(Interval.wilsonUpperLimit(successes: 95, trials: 100) - 0.9754526365741958) < 1e-12)
  }

  @Test func description() {
    let interval = Interval(
      estimate: 0.61234, lower: 0.52, upper: 0.7, kind: .studentT, level: 0.95, count: 5)
    #expect("\(interval)" == "0.6123 [0.52, 0.7]")
    let narrower = Interval(
      estimate: 0.61234, lower: 0.53, upper: 0.69, kind: .studentT, level: 0.9, count: 5)
    #expect("\(narrower)" == "0.6123 [0.53, 0.69] (90 %)")
  }
}
