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

  @Test(arguments: [2, 3, 5, 10, 30])
  func student(count: Int) {
    let share = coverage(of: 3, seed: 1) { generator in
      PerSeed((0..<count).map { _ in 3 + 2 * generator.normal() }).interval()
    }
    #expect(abs(share - 0.95) < 0.012, "covers \(share)")
  }

  /// Values with heavy tails (t of three degrees of freedom), where the interval is wide enough, and
  /// exponential ones, of skewness 2, where it is a little narrow.
  @Test(arguments: [5, 10, 15, 30])
  func studentOfOtherValues(count: Int) {
    let heavy = coverage(of: 0, seed: 2) { generator in
      PerSeed(
        (0..<count).map { _ in
          let squares = (0..<3).reduce(0.0) { sum, _ in
            let normal = generator.normal()
            return sum + normal * normal
          }
          return generator.normal() / (squares / 3).squareRoot()
        }
      ).interval()
    }
    #expect((0.94...0.975).contains(heavy), "covers \(heavy)")
    let skewed = coverage(of: 1, seed: 3) { generator in
      PerSeed((0..<count).map { _ in -log(generator.uniform()) }).interval()
    }
    #expect((0.86...0.95).contains(skewed), "covers \(skewed)")
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

  /// Curves that drift alike in all seeds and are else unrelated: their R is near one, and how much it
  /// exceeds that between seeds keeps its level.
  @Test func correlationBeyondDrift() throws {
    var generator = SplitMix64(seed: 10)
    func curves() -> PerSeed<[Double]> {
      PerSeed((0..<5).map { _ in (0..<12).map { Double($0) / 4 + 0.5 * generator.normal() } })
    }
    var passes = 0
    for _ in 0..<repetitions {
      let excess = try #require(SeedwiseCorrelation.beyondDrift(of: curves(), and: curves()))
      if excess.interval().isAbove(0) { passes += 1 }
    }
    #expect(Double(passes) / Double(repetitions) < 0.035, "\(passes)")
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

  /// An effect of the size called detectable is detected four times in five, and so is any effect
  /// with as many seeds as are said to be needed.
  @Test func powerAtTheDetectableEffect() throws {
    let effect = minimalDetectableEffect(count: 5, standardDeviation: 1)
    #expect(abs(shareFound(effect, 1, count: 5, by: .positive) - 0.8) < 0.02)
    let count = try #require(MeanTest.positive.seedsNeeded(effect: 0.7, standardDeviation: 1))
    #expect(count == 19)
    #expect(shareFound(0.7, 1, count: count, by: .positive) > 0.78)
    #expect(shareFound(0.7, 1, count: count - 2, by: .positive) < 0.8)
  }

  @Test(arguments: [(0.0, 6), (0.4, 10), (0.9, 30)])
  func powerOfEquivalence(effect: Double, count: Int) {
    let test = MeanTest.within(margin: 1)
    let power = test.power(effect: effect, standardDeviation: 0.8, count: count)
    #expect(abs(shareFound(effect, 0.8, count: count, by: test) - power) < 0.02)
  }

  private func shareFound(
    _ effect: Double, _ deviation: Double, count: Int, by test: MeanTest
  ) -> Double {
    var generator = SplitMix64(seed: 8)
    let found = (0..<repetitions).count { _ in
      let sample = PerSeed((0..<count).map { _ in effect + deviation * generator.normal() })
      return switch test {
      case .positive: sample.interval().isAbove(0)
      case .within(let margin): sample.equivalenceTest(margin: margin).isEquivalent
      }
    }
    return Double(found) / Double(repetitions)
  }
}
