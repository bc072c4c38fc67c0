import Foundation
import Testing

@testable import Statistics

/// How often each interval contains the truth, simulated with fixed seeds.
///
/// With 4000 repetitions the standard error of a coverage of 95 % is 0.34 points.
@Suite struct CoverageTests {
  private let repetitions = 4000

  private func coverage(
    of truth: Double, seed: UInt64, _ interval: (inout SplitMix64) -> Interval
  ) -> Double {
    var generator = SplitMix64(seed: seed)
    let hits = (0..<repetitions).count { _ in interval(&generator).contains(truth) }
    return Double(hits) / Double(repetitions)
  }

  @Test(arguments: [2, 3, 5, 9])
  func student(count: Int) {
    let share = coverage(of: 3, seed: 1) { generator in
      PerSeed((0..<count).map { _ in 3 + 2 * generator.normal() }).interval()
    }
    #expect(abs(share - 0.95) < 0.012, "covers \(share)")
  }

  @Test(arguments: [10, 15, 30])
  func bootstrapOfNormalValues(count: Int) {
    let share = coverage(of: 3, seed: 2) { generator in
      PerSeed((0..<count).map { _ in 3 + 2 * generator.normal() })
        .bootstrapInterval(resamples: 2000)
    }
    #expect(abs(share - 0.95) < 0.015, "covers \(share)")
  }

  /// Exponential values, of skewness 2: twenty seeds cover about 93 % instead of 95 %.
  @Test func bootstrapOfSkewedValues() {
    let share = coverage(of: 1, seed: 3) { generator in
      PerSeed((0..<20).map { _ in -log(generator.uniform()) }).bootstrapInterval(resamples: 2000)
    }
    #expect((0.925...0.965).contains(share), "covers \(share)")
  }

  @Test(arguments: [(20, 0.9), (100, 0.97), (600, 0.5)])
  func wilson(trials: Int, p: Double) {
    let share = coverage(of: p, seed: 4) { generator in
      let successes = (0..<trials).count { _ in generator.uniform() < p }
      return .wilson(successes: successes, trials: trials)
    }
    // Discreteness: the coverage swings about 95 %, by less with more trials.
    #expect((0.93...0.985).contains(share), "covers \(share)")
  }

  @Test(arguments: [0.0, 0.7])
  func fisherOfIndependentPairs(ρ: Double) {
    let share = coverage(of: ρ, seed: 5) { generator in
      let x = (0..<20).map { _ in generator.normal() }
      let y = x.map { ρ * $0 + (1 - ρ * ρ).squareRoot() * generator.normal() }
      return .fisher(correlation: Correlation.pearson.coefficient(x, y) ?? 0, pairs: 20)
    }
    #expect(abs(share - 0.95) < 0.012, "covers \(share)")
  }

  /// Two unrelated random walks: R per seed with t over seeds keeps its level, where counting the
  /// epochs as independent pairs excludes zero most of the time.
  @Test func correlationOfUnrelatedDrifts() throws {
    func walk(_ generator: inout SplitMix64) -> [Double] {
      var position = 0.0
      return (0..<40).map { _ in
        position += generator.normal()
        return position
      }
    }
    var undefined = 0
    let seedwise = coverage(of: 0, seed: 6) { generator in
      let x = PerSeed((0..<5).map { _ in walk(&generator) })
      let y = PerSeed((0..<5).map { _ in walk(&generator) })
      guard let correlation = SeedwiseCorrelation(of: x, and: y) else {
        undefined += 1
        return PerSeed([0.0]).interval()
      }
      return correlation.interval()
    }
    let naive = coverage(of: 0, seed: 6) { generator in
      let (x, y) = (walk(&generator), walk(&generator))
      return .fisher(correlation: Correlation.pearson.coefficient(x, y) ?? 0, pairs: 40)
    }
    #expect(undefined == 0)
    #expect(abs(seedwise - 0.95) < 0.012, "covers \(seedwise)")
    #expect(naive < 0.6, "covers \(naive)")
  }

  /// At the edge of the margin a 5 % equivalence test passes 5 % of the time.
  @Test func equivalenceAtTheMargin() {
    var generator = SplitMix64(seed: 7)
    let passes = (0..<repetitions).count { _ in
      PerSeed((0..<6).map { _ in 1 + 0.3 * generator.normal() })
        .equivalenceTest(margin: 1).isEquivalent
    }
    #expect(abs(Double(passes) / Double(repetitions) - 0.05) < 0.012)
  }

  /// An effect of the size called detectable is detected four times in five.
  @Test func powerAtTheDetectableEffect() {
    var generator = SplitMix64(seed: 8)
    let effect = minimalDetectableEffect(count: 5, standardDeviation: 1)
    let found = (0..<repetitions).count { _ in
      PerSeed((0..<5).map { _ in effect + generator.normal() }).tTest().p < 0.05
    }
    #expect(abs(Double(found) / Double(repetitions) - 0.8) < 0.02)
  }
}
