import Arnold2021Setup
import Reproduction

/// Table D.7: how fast networks of two layers meta-learn.
@main
struct TableD7MetaRates: RateTable {
  static let identity = FigureIdentity(
    "tableD7-meta-rates", of: "Arnold2021", title: "Meta-rates of CNN(2)",
    summary: "Meta-rates of the methods on CNN(2), printed and of the runs.")
  static let departures = Departures.networkRates
  static let lines = RateLine.meta
  static let sentence =
    "Meta and adaptation learning rates for all methods are reported in Tables D.6, D.7."
}
