import DataSets

/// Where the rates of networks of convolutions come from.
package enum NetworkRates: Equatable, Sendable {
  /// Tables D.6 and D.7.
  case paper
  /// Found for the smaller worlds below the paper's, where the paper's own do not fit.
  ///
  /// The paper tunes every setup on validation classes; so are these, at the standard budget.
  case tuned
  case all(Rates)

  func of(_ preset: RatePreset, on set: ImageSet) -> Rates {
    switch self {
    case .paper: preset.rates(on: set)
    case .tuned:
      Rates(adaptation: preset.tuned[ImageWorld.column(of: set)], meta: Self.metaRate)
    case .all(let rates): rates
    }
  }

  /// Adam's rate of all networks in the smaller worlds, whose training is short.
  static let metaRate = 0.005
}
