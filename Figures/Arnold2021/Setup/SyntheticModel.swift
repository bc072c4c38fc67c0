import Experiments
import Networks
import Reproduction
import Statistics

/// A model of Figures 1, B.1 and B.3 with the problem that it is meta-trained on.
package enum SyntheticModel: Codable, Hashable, Sendable {
  /// SHALLOW or DEEP on one-dimensional regression.
  case regression(isDeep: Bool)
  /// Logistic regression with so many linear layers added.
  case classification(SyntheticProblem.Depth)
  /// Logistic regression that adapts at another rate.
  case rate(Double)
  /// Logistic regression from a start of some deviation, with so many support points and a rate.
  case start(deviation: Double, shots: Int, rate: Double)

  /// The standard deviation of its start, where that is what varies.
  package var deviation: Double? {
    if case .start(let deviation, _, _) = self { deviation } else { nil }
  }

  /// How it does on training and test episodes over its meta-training.
  package func study(
    seed: UInt64, budget: Budget, isTrained: Bool = true
  ) throws -> Study<SyntheticOutcome> {
    switch self {
    case .regression(let isDeep):
      return try Study(SyntheticProblem.regression(isDeep: isDeep, seed: seed, budget: budget))
    case .classification(let depth):
      return try Study(SyntheticProblem.classification(depth, seed: seed, budget: budget))
    case .rate(let rate):
      return try Study(
        SyntheticProblem.classification(.shallow, seed: seed, budget: budget, rate: rate))
    case .start(let deviation, let shots, let rate):
      var run = SyntheticProblem.classification(
        .shallow, seed: seed, budget: budget, shots: shots, rate: rate,
        start: .normal(deviation: deviation))
      if !isTrained { run.schedule = run.schedule.untrained }
      return try Study(run)
    }
  }
}

extension PerSeed<SyntheticOutcome> {
  /// The updates after which it was judged.
  package var iterations: [Int] { values[0].test.map(\.iteration) }

  /// A measure over the meta-training, on one kind of episodes.
  package func curves(
    _ episodes: (SyntheticOutcome) -> [SyntheticOutcome.Point],
    _ measure: (SyntheticOutcome.Point) -> Double
  ) -> PerSeed<[Double]> { map { episodes($0).map(measure) } }

  /// A measure at the end.
  package func last(
    _ episodes: (SyntheticOutcome) -> [SyntheticOutcome.Point] = \.test,
    _ measure: (SyntheticOutcome.Point) -> Double
  ) -> PerSeed<Double> { curves(episodes, measure).map { $0[$0.count - 1] } }
}
