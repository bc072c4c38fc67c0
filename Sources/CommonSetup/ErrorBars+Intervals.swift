import Plotting
import Statistics

extension ErrorBars {
  /// Bars of means' intervals over seeds, cut to the values that the quantity can have.
  ///
  /// As of bands, the fewest seeds of which they say something are three; means of fewer have none.
  public init(_ x: [Double], _ intervals: [Interval], within limits: ClosedRange<Double>) {
    let shown = zip(x, intervals).filter { $1.count >= SeedCurve.seedsForBand }
    self.init(
      shown.map(\.0),
      shown.map {
        max($0.1.lower, limits.lowerBound)...min($0.1.upper, limits.upperBound)
      })
  }
}
