import Plotting
import Statistics

/// The mean of the seeds' curves, with what shows how far seeds differ.
///
/// The fewest seeds of which a band says something are three: that of two is thirteen standard
/// errors wide on either side, so that nothing else could be seen. Two are shown as they are.
public struct SeedCurve {
  private let curves: PerSeed<[Double]>
  private let points: [Double]
  private let label: String
  private let limits: ClosedRange<Double>?

  /// The curves of a quantity over some points, as the legend is to name them.
  ///
  /// - Parameters:
  ///   - curves: One curve per seed.
  ///   - points: Where on the horizontal axis.
  ///   - label: The name in the legend.
  ///   - limits: The values that the quantity can have; bands end there.
  public init(
    _ curves: PerSeed<[Double]>, over points: [some BinaryInteger], _ label: String,
    within limits: ClosedRange<Double>? = nil
  ) {
    (self.curves, self.points) = (curves, points.map { Double($0) })
    (self.label, self.limits) = (label, limits)
  }

  /// The marks in one colour, on one of the vertical axes.
  public func marks(
    _ ink: Ink, markers: Bool = true, onRightAxis: Bool = false
  ) -> [any Mark] {
    let intervals = curves.intervals()
    let line = Line(points, intervals.map(\.estimate), label: label, markers: markers)
    let spread: [any Mark] =
      curves.count < Self.seedsForBand
      ? curves.values.map { Line(points, $0, emphasis: .faint, markers: markers) }
      : [
        Band(
          points, lower: intervals.map { bounded($0.lower) },
          upper: intervals.map { bounded($0.upper) })
      ]
    return (spread + [line]).map {
      let mark = $0.colored(ink)
      return onRightAxis ? mark.onRightAxis() : mark
    }
  }

  private func bounded(_ value: Double) -> Double {
    limits.map { min(max(value, $0.lowerBound), $0.upperBound) } ?? value
  }

  static let seedsForBand = 3

  /// What a caption says of the curves of so many seeds.
  public static func caption(seeds: Int) -> String {
    switch seeds {
    case 1: "Lines: one seed."
    case ..<seedsForBand: "Bold lines: means over seeds; faint lines: the seeds."
    default: "Lines: means over seeds; bands: their 95 % intervals (Student's t)."
    }
  }
}
