/// A line through data in the given order; missing values (not finite) interrupt it.
public struct Line: Mark {
  /// Its label, axis and colour.
  public var settings: MarkSettings
  let x: [Double]
  let y: [Double]
  let emphasis: Emphasis
  let markers: Bool

  /// How strongly a line is drawn.
  public enum Emphasis: Sendable {
    /// A series of its own.
    case main
    /// Thin and pale, as one seed behind the mean of the next line.
    case faint
  }

  /// A line.
  ///
  /// - Parameters:
  ///   - x: Horizontal coordinates.
  ///   - y: Vertical coordinates, as many.
  ///   - label: The line in the legend.
  ///   - emphasis: Whether the line stands for itself or behind the next.
  ///   - markers: Whether points are shown; by default when there are at most twelve.
  public init(
    _ x: some Sequence<some Coordinate>, _ y: some Sequence<some Coordinate>, label: String? = nil,
    emphasis: Emphasis = .main, markers: Bool? = nil
  ) {
    self.x = x.map(\.coordinate)
    self.y = y.map(\.coordinate)
    self.emphasis = emphasis
    self.markers = emphasis == .main && (markers ?? (self.x.count <= 12))
    settings = MarkSettings(label: label)
    precondition(
      self.x.count == self.y.count, "a line of \(self.x.count) x and \(self.y.count) y values")
  }

  /// How it takes part in the counting of series.
  public var role: MarkRole { emphasis == .main ? .series : .companion }
  /// What the horizontal axis must show.
  public var xRange: DataRange { DataRange(x) }
  /// What the vertical axis must show.
  public var yRange: DataRange { DataRange(y) }

  /// Draws the data.
  public func draw(in frame: Frame) {
    let data = zip(x, y).map { (x: $0, y: $1) }
    guard emphasis == .main else {
      frame.stroke(
        data, color: frame.look.color.opacity(Style.faintOpacity), width: Style.faintLineWidth)
      return
    }
    frame.stroke(
      data, color: frame.look.color, width: Style.lineWidth, dash: frame.look.dash)
    guard markers else { return }
    for (x, y) in data {
      frame.mark(frame.look.marker, x, y, size: Style.markerSize, color: frame.look.color)
    }
  }

  /// Draws a sample for the legend.
  public func drawSample(in box: Rect, of frame: Frame) {
    let middle = box.center.y
    let isMain = emphasis == .main
    frame.strokePage(
      [Point(box.left, middle), Point(box.right, middle)],
      isMain ? frame.look.color : frame.look.color.opacity(Style.faintOpacity),
      width: isMain ? Style.lineWidth : Style.faintLineWidth, dash: isMain ? frame.look.dash : [])
    if markers {
      frame.canvas.mark(
        frame.look.marker, at: box.center, size: Style.markerSize, color: frame.look.color)
    }
  }
}
