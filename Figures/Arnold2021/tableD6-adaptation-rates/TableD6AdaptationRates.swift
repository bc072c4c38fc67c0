import Arnold2021Setup
import Reproduction

/// Table D.6: how fast networks of two layers adapt.
@main
struct TableD6AdaptationRates: RateTable {
  static let identity = FigureIdentity(
    "tableD6-adaptation-rates", of: "Arnold2021", title: "Adaptation rates of CNN(2)",
    summary: "Adaptation rates of the methods on CNN(2), printed and of the runs.")
  static let departures = Departures.networkRates + Departures.anilKFO
  static let lines = RateLine.adaptation
  static let sentence =
    "Meta and adaptation learning rates for all methods are reported in Tables D.6, D.7."
}
