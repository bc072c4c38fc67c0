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
        meta: Self.metaRate(family, within: budget))
    }
  }

  /// Adam's rate of networks in the smaller worlds.
  ///
  /// Overnight a network that adapts whole is trained for 20,000 updates, on an episode each. On
  /// validation classes of Omniglot plain MAML with CNN(2) is unsteady at 0.005 (the mean of seeds 0
  /// to 7 falls from 48 to 43 % and ends at 45), still rises at 0.0005 (62 %, seed 100), and has come
  /// to its level after a quarter of the time at 0.001 (57 and 61 % in the end, seeds 100 and 101).
  private static func metaRate(_ family: Family, within budget: Budget) -> Double {
    budget == .overnight && family == .maml ? 0.001 : metaRateOfTrials
  }

  /// The same while adaptation rates are searched, for which a network is trained for one epoch.
  static let metaRateOfTrials = 0.005
}
