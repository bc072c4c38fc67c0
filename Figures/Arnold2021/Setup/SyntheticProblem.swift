import Episodes
import Experiments
import Networks

/// The synthetic problems of the paper, with their settings and where those come from.
///
/// The paper gives rates and distributions (sections 4.1, B.1.1 and D, Table D.5). It does not give
/// the sizes of its sets, the start, nor the width of the added layers; what stands for them here is
/// marked *chosen*.
package enum SyntheticProblem {
  /// A model of Figures 1, B.1 and B.3: one linear map, or with linear layers added.
  package enum Depth: Int, CaseIterable, Codable, Sendable {
    /// Logistic regression as it is.
    case shallow = 0
    /// With two linear layers added.
    case two = 2
    /// With three linear layers added.
    case three = 3

    package var title: String { self == .shallow ? "LR" : "LR + \(rawValue) linear layers" }

    package var key: String { self == .shallow ? "lr" : "lr-\(rawValue)" }

    /// The meta-learning rate of Table D.5.
    package var metaRate: Double { self == .shallow ? 0.01 : 0.1 }
  }

  /// The width of the added layers (chosen).
  package static let width = 64

  /// α of the one-dimensional regression (section D).
  package static let regressionRate = 0.1
  /// α of the binary classification (Table D.5).
  package static let classificationRate = 0.9

  /// SHALLOW ŷ = cx or DEEP ŷ = abx (equations 6 and 7), from a standard normal start (chosen).
  ///
  /// The paper's loss is ½(y − ŷ)², ours (y − ŷ)²: with both rates halved the steps are the same.
  /// Meta-rate 0.01 and momentum 0.9 (section D); 16 episodes of 100 points (chosen).
  package static func regression(
    isDeep: Bool, seed: UInt64, budget: Budget
  ) -> SyntheticTraining<LinearRegressions> {
    SyntheticTraining(
      network: LinearNetwork(
        widths: isDeep ? [1, 1, 1] : [1, 1], hasBias: false, initializer: .normal(deviation: 1)),
      loss: .meanSquaredError, rate: regressionRate / 2,
      episodes: LinearRegressions(shots: 100, queries: 100),
      schedule: schedule(rate: 0.01 / 2, momentum: 0.9, budget), seed: seed)
  }

  /// Binary logistic regression ŷ = σ(cᵀx), or with linear layers added.
  ///
  /// Labels are the side of the line: sampled ones would cap accuracy at 69 %. Weights begin at
  /// Glorot's initialisation (chosen).
  package static func classification(
    _ depth: Depth, seed: UInt64, budget: Budget
  ) -> SyntheticTraining<LinearSeparations> {
    SyntheticTraining(
      network: LinearNetwork(
        widths: [2] + Array(repeating: width, count: depth.rawValue) + [1], hasBias: false,
        initializer: .glorotUniform),
      loss: .binaryCrossEntropy, rate: classificationRate,
      episodes: LinearSeparations(shots: 100, queries: 100),
      schedule: schedule(rate: depth.metaRate, momentum: 0, budget), seed: seed)
  }

  /// 1,000 episodes to train on and 200 to judge with, 5,000 updates (chosen).
  private static func schedule(
    rate: Double, momentum: Double, _ budget: Budget
  ) -> SyntheticSchedule {
    SyntheticSchedule(
      iterations: budget.pick(smoke: 100, standard: 5_000),
      epochs: budget.pick(smoke: 5, standard: 50), batch: 16, rate: rate, momentum: momentum,
      trainingEpisodes: budget.pick(smoke: 50, standard: 1_000),
      testEpisodes: budget.pick(smoke: 20, standard: 200))
  }
}
