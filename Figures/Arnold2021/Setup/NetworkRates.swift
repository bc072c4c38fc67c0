import DataSets
import Experiments

/// Where the rates of networks of convolutions come from.
package enum NetworkRates: Equatable, Sendable {
  /// Tables D.6 and D.7.
  case paper
  /// What `tableD6-rate-search` has chosen in the smaller world of a budget, where the paper's own do not
  /// fit, for each method and depth: on validation classes, as the paper tunes every setup.
  case searched(Budget)
  case all(Rates)

  func of(_ preset: RatePreset, on set: ImageSet, depth: Int = 2) -> Rates {
    switch self {
    case .paper: preset.rates(on: set)
    case .searched(let budget):
      Rates(
        adaptation: SearchedRates.rate(of: preset, on: set, depth: depth, at: budget),
        meta: Self.metaRate)
    case .all(let rates): rates
    }
  }

  /// Adam's rate of all networks in the smaller worlds, whose training is short.
  static let metaRate = 0.005
}
