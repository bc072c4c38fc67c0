import Episodes
import Experiments
import Networks

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

  /// How it does on some kinds of episodes, over its meta-training or before it.
  package func study(
    of kinds: [SyntheticOutcome.Kind], seed: UInt64, budget: Budget, isTrained: Bool = true
  ) throws -> Study<SyntheticOutcome> {
    func classification(_ depth: SyntheticProblem.Depth) -> SyntheticTraining<LinearSeparations> {
      SyntheticProblem.classification(depth, seed: seed, budget: budget)
    }
    switch self {
    case .regression(let isDeep):
      return try SyntheticProblem.regression(isDeep: isDeep, seed: seed, budget: budget)
        .study(of: kinds)
    case .classification(let depth): return try classification(depth).study(of: kinds)
    case .rate(let rate):
      var training = classification(.shallow)
      training.rate = rate
      return try training.study(of: kinds)
    case .start(let deviation, let shots, let rate):
      var training = classification(.shallow)
      training.rate = rate
      training.episodes.shots = shots
      training.network.initializer = .normal(deviation: deviation)
      return try training.study(of: kinds, isTrained: isTrained)
    }
  }
}
