/// A straight line across the plot, as chance level or a threshold.
public struct ReferenceLine: Mark {
  /// Its label, axis and colour.
  public var settings: MarkSettings
  let value: Double
  let isHorizontal: Bool

  /// A horizontal line at a value of the vertical axis.
  public static func horizontal(at value: some Coordinate, label: String? = nil) -> ReferenceLine {
    ReferenceLine(value: value.coordinate, isHorizontal: true, label: label)
  }

  /// A vertical line at a value of the horizontal axis.
  public static func vertical(at value: some Coordinate, label: String? = nil) -> ReferenceLine {
    ReferenceLine(value: value.coordinate, isHorizontal: false, label: label)
  }

  private init(value: Double, isHorizontal: Bool, label: String?) {
    self.value = value
    self.isHorizontal = isHorizontal
    settings = MarkSettings(label: label, ink: .color(.quiet))
  }

  /// How it takes part in the counting of series.
  public var role: MarkRole { .annotation }
  /// What the horizontal axis must show.
  public var xRange: DataRange { isHorizontal ? .none : DataRange([value]) }
  /// What the vertical axis must show.
  public var yRange: DataRange { isHorizontal ? DataRange([value]) : .none }

  /// Draws the data.
  public func draw(in frame: Frame) {
    let (x, y) = (frame.projection.x.limits, frame.projection.y.limits)
    let ends =
      isHorizontal
      ? [(x: x.lowerBound, y: value), (x: x.upperBound, y: value)]
      : [(x: value, y: y.lowerBound), (x: value, y: y.upperBound)]
    frame.stroke(ends, color: frame.look.color, width: 0.8, dash: [4, 2.5])
  }

  /// Draws a sample for the legend.
  public func drawSample(in box: Rect, of frame: Frame) {
    frame.strokePage(
      [Point(box.left, box.center.y), Point(box.right, box.center.y)], frame.look.color,
      width: 0.8, dash: [4, 2.5])
  }
}
