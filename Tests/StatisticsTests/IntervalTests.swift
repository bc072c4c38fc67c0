import Foundation
import Testing

@testable import Statistics

@Suite struct IntervalTests {
  @Test func studentBelowTenSeedsBootstrapFromTen() {
    #expect(PerSeed((0..<9).map(Double.init)).interval().kind == .studentT)
    #expect(PerSeed((0..<10).map(Double.init)).interval().kind == .bootstrap)
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

  /// SciPy's BCa of 400 000 resamples at the expanded level 0.97849: [2.4833, 4.0750].
  @Test func bootstrapAgreesWithSciPy() {
    let sample = PerSeed([2.3, 1.9, 3.8, 2.7, 2.2, 5.9, 3.1, 2.6, 2.8, 4.4, 1.7, 3.3])
    let interval = sample.bootstrapInterval(resamples: 100_000)
    #expect(abs(interval.lower - 2.4833) < 0.015)
    #expect(abs(interval.upper - 4.0750) < 0.03)
    #expect(interval == sample.bootstrapInterval(resamples: 100_000))
  }

  @Test func bootstrapOfEqualSeedsIsAPoint() {
    let interval = PerSeed([Double](repeating: 0.25, count: 12)).interval()
    #expect(interval.lower == 0.25 && interval.upper == 0.25)
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
  }
}
