import Arnold2021Setup
import Reproduction

/// Table D.5: what linear models are trained with.
@main
struct TableD5LinearRates: RateTable {
  static let identity = FigureIdentity(
    "tableD5-linear-rates", of: "Arnold2021", title: "Rates of linear models",
    summary: "Meta- and adaptation rates of linear models, printed and of the runs.")
  static let departures = Departures.linear
  static let lines = RateLine.linear
  static let sentence =
    "On the vision datasets (Omniglot, CIFAR-FS, mini-ImageNet), the meta and adaptation learning "
    + "rates are given in Table D.5."
}
