import Plotting
import Statistics

/// The mean of the seeds' curves, with what shows how far seeds differ.
///
/// The fewest seeds of which a band says something are three: that of two is thirteen standard
/// errors wide on either side, so that nothing else could be seen. Two are shown as they are.
public struct SeedCurve {
  private let curves: PerSeed<[Double]>
  private let epochs: [Int]
  private let label: String

  /// The curves of a quantity over epochs, as the legend is to name them.
  public init(_ curves: PerSeed<[Double]>, over epochs: [Int], _ label: String) {
    self.curves = curves
    self.epochs = epochs
    self.label = label
  }

  /// The marks in one colour, on one of the vertical axes.
  public func marks(_ ink: Ink, onRightAxis: Bool = false) -> [any Mark] {
    let intervals = curves.intervals()
    let line = Line(epochs, intervals.map(\.estimate), label: label)
    let spread: [any Mark] =
      curves.count < Self.seedsForBand
      ? curves.values.map { Line(epochs, $0, emphasis: .faint) }
      : [Band(epochs, lower: intervals.map(\.lower), upper: intervals.map(\.upper))]
    return (spread + [line]).map {
      let mark = $0.colored(ink)
      return onRightAxis ? mark.onRightAxis() : mark
    }
  }

  private static let seedsForBand = 3

  /// What the caption says of the curves of so many seeds.
  public static func caption(seeds: Int) -> String {
    switch seeds {
    case 1: "Lines: one seed."
    case ..<seedsForBand: "Bold lines: means over seeds; faint lines: the seeds."
    case ..<PerSeed<Double>.seedsForBootstrap:
      "Lines: means over seeds; bands: their 95 % intervals (Student's t)."
    default: "Lines: means over seeds; bands: their 95 % intervals (bootstrap)."
    }
  }
}
