/// The space between a lower and an upper curve, as an interval around the next line.
public struct Band: Mark {
  /// Its label, axis and colour.
  public var settings: MarkSettings
  let x: [Double]
  let lower: [Double]
  let upper: [Double]

  /// A band between two curves; places where either is not finite are left out.
  public init(
    _ x: some Sequence<some Coordinate>, lower: some Sequence<some Coordinate>,
    upper: some Sequence<some Coordinate>, label: String? = nil
  ) {
    self.x = x.map(\.coordinate)
    self.lower = lower.map(\.coordinate)
    self.upper = upper.map(\.coordinate)
    settings = MarkSettings(label: label)
    precondition(
      self.x.count == self.lower.count && self.x.count == self.upper.count,
      "a band of \(self.x.count) x, \(self.lower.count) lower, \(self.upper.count) upper values")
  }

  /// A band of one interval per place.
  public init(
    _ x: some Sequence<some Coordinate>, _ intervals: [ClosedRange<Double>], label: String? = nil
  ) {
    self.init(
      x, lower: intervals.map(\.lowerBound), upper: intervals.map(\.upperBound), label: label)
  }

  /// How it takes part in the counting of series.
  public var role: MarkRole { .companion }
  /// What the horizontal axis must show.
  public var xRange: DataRange { DataRange(x) }
  /// What the vertical axis must show.
  public var yRange: DataRange { DataRange(lower + upper) }

  /// Draws the data.
  public func draw(in frame: Frame) {
    let color = frame.look.color.opacity(Style.bandOpacity)
    let runs = x.indices.split { !(lower[$0].isFinite && upper[$0].isFinite && x[$0].isFinite) }
    for run in runs where run.count > 1 {
      frame.fill(
        run.map { (x[$0], lower[$0]) } + run.reversed().map { (x[$0], upper[$0]) }, color: color)
    }
  }

  /// Draws a sample for the legend.
  public func drawSample(in box: Rect, of frame: Frame) {
    frame.fillPage(Path(box), frame.look.color.opacity(Style.bandOpacity))
  }
}
