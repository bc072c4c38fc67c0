/// Vertical intervals with caps, around the points or line that follow.
public struct ErrorBars: Mark {
  /// Its label, axis and colour.
  public var settings: MarkSettings
  let x: [Double]
  let intervals: [ClosedRange<Double>]

  /// Half the width of a cap, in points.
  static let cap = 1.8

  /// One interval per place.
  public init(
    _ x: some Sequence<some Coordinate>, _ intervals: [ClosedRange<Double>], label: String? = nil
  ) {
    self.x = x.map(\.coordinate)
    self.intervals = intervals
    settings = MarkSettings(label: label)
    precondition(
      self.x.count == intervals.count, "\(self.x.count) places and \(intervals.count) intervals")
  }

  /// How it takes part in the counting of series.
  public var role: MarkRole { .companion }
  /// What the horizontal axis must show.
  public var xRange: DataRange { DataRange(x) }
  /// What the vertical axis must show.
  public var yRange: DataRange { DataRange(intervals.flatMap { [$0.lowerBound, $0.upperBound] }) }

  /// Draws the data.
  public func draw(in frame: Frame) {
    for (x, interval) in zip(x, intervals) {
      Self.draw(interval, at: x, frame.look.color, in: frame)
    }
  }

  /// Draws a sample for the legend.
  public func drawSample(in box: Rect, of frame: Frame) {
    Self.draw(
      from: Point(box.center.x, box.bottom), to: Point(box.center.x, box.top), frame.look.color,
      in: frame)
  }

  /// An upright interval of data; one that goes on below a logarithmic axis has no cap there.
  static func draw(
    _ interval: ClosedRange<Double>, at x: Double, _ color: Color, in frame: Frame
  ) {
    draw(
      from: frame.cutPoint(x, interval.lowerBound), to: frame.point(x, interval.upperBound), color,
      isCut: frame.projection.y.shown(interval.lowerBound) != interval.lowerBound, in: frame)
  }

  /// An upright interval between two places of the page.
  private static func draw(
    from low: Point, to high: Point, _ color: Color, isCut: Bool = false, in frame: Frame
  ) {
    guard [low.x, low.y, high.y].allSatisfy(\.isFinite) else { return }
    let caps = (isCut ? [high] : [low, high]).map { end in
      Path([Point(end.x - cap, end.y), Point(end.x + cap, end.y)])
    }
    frame.canvas.stroke(
      Path(joining: [Path([low, high])] + caps), with: Pen(color: color, width: 0.9))
  }
}
