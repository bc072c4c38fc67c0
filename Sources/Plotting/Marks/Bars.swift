/// Upright bars on zero, one per category; several marks of bars stand side by side.
public struct Bars: Mark {
  /// Its label, axis and colour.
  public var settings: MarkSettings
  let x: [Double]
  let heights: [Double]
  let intervals: [ClosedRange<Double>]?

  /// The part of a category that its bars fill together.
  static let fullness = 0.78

  /// Bars at 0, 1, 2 …, the places of an axis' categories.
  ///
  /// - Parameters:
  ///   - heights: One value per category; a missing one is not finite.
  ///   - intervals: An interval for each, drawn as an error bar.
  ///   - label: The line in the legend.
  public init(
    _ heights: some Sequence<some Coordinate>, intervals: [ClosedRange<Double>]? = nil,
    label: String? = nil
  ) {
    self.heights = heights.map(\.coordinate)
    self.intervals = intervals
    x = self.heights.indices.map(Double.init)
    settings = MarkSettings(label: label)
    precondition(
      intervals.map { $0.count == self.heights.count } ?? true,
      "\(self.heights.count) bars and \(intervals?.count ?? 0) intervals")
  }

  /// How it takes part in the counting of series.
  public var role: MarkRole { .bars }
  /// What the horizontal axis must show.
  public var xRange: DataRange { DataRange(x.flatMap { [$0 - 0.5, $0 + 0.5] }) }
  /// What the vertical axis must show.
  public var yRange: DataRange {
    let ends = intervals?.flatMap { [$0.lowerBound, $0.upperBound] } ?? []
    var range = DataRange(heights + ends + [0])
    range.baseline = 0
    return range
  }

  /// Draws the data.
  public func draw(in frame: Frame) {
    let width = Self.fullness / Double(frame.slot.count)
    // A logarithmic axis has no zero; bars then stand on its lower end.
    let scale = frame.projection.y
    let base = scale.spacing == .linear ? 0 : scale.limits.lowerBound
    for (index, height) in heights.enumerated() where height.isFinite {
      let left = x[index] - Self.fullness / 2 + width * Double(frame.slot.index)
      let (low, high) = (left + width * 0.04, left + width * 0.96)
      frame.fill(
        [(low, base), (low, height), (high, height), (high, base)], color: frame.look.color)
      if let interval = intervals?[index] {
        ErrorBars.draw(
          interval, at: left + width / 2, frame.look.color.luminance < 0.2 ? .quiet : .ink,
          in: frame)
      }
    }
  }
}
