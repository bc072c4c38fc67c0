import DataSets
import Experiments

/// Where the rates of networks of convolutions come from.
package enum NetworkRates: Equatable, Sendable {
  /// Tables D.6 and D.7.
  case paper
  /// What `tableD6-rate-search` has chosen in the smaller world of a budget, where the paper's own do not
  /// fit, for each method and depth: on validation classes, as the paper tunes every setup.
  case searched(Budget)

  /// The rates of a method, whose whole network adapts or its head alone.
  func of(_ preset: RatePreset, _ family: Family, on set: ImageSet, depth: Int = 2) -> Rates {
    switch self {
    case .paper: preset.rates(on: set)
    case .searched(let budget):
      Rates(
        adaptation: SearchedRates.rate(of: preset, on: set, depth: depth, at: budget),
        meta: Self.metaRate(within: budget))
    }
  }

  /// Adam's rate of networks in the smaller worlds.
  ///
  /// Overnight trainings are long, and most arms are unsteady at 0.005. On validation classes of Omniglot
  /// plain MAML with CNN(2) (the mean of seeds 0 to 7) falls from 48 to 43 % and ends at 45; it still
  /// rises at 0.0005 (62 %, seed 100), and has come to its level after a quarter of the time at 0.001
  /// (57 and 61 % in the end, seeds 100 and 101). Plain ANIL ends at 79 % with 0.005 (seeds 0 to 9) and
  /// at 79 and 75 % with 0.001 (seeds 100 and 101), but Meta-Curvature, LinNet and KFO fall by up to 53,
  /// 40 and 22 points between epochs at 0.005.
  private static func metaRate(within budget: Budget) -> Double {
    budget == .overnight ? 0.001 : metaRateOfTrials
  }

  /// The same while adaptation rates are searched, for which a network is trained for one epoch.
  static let metaRateOfTrials = 0.005
}
