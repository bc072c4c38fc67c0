import Foundation

/// Straight lines between pairs of data, with or without arrow heads.
public struct Segments: Mark {
  /// Its label, axis and colour.
  public var settings: MarkSettings
  let ends: [(x0: Double, y0: Double, x1: Double, y1: Double)]
  let hasHeads: Bool
  let width: Double

  /// Lines from each start to each end.
  public init(
    from starts: [(Double, Double)], to ends: [(Double, Double)], arrows: Bool = false,
    width: Double = 1.1, label: String? = nil
  ) {
    precondition(starts.count == ends.count, "\(starts.count) starts and \(ends.count) ends")
    self.ends = zip(starts, ends).map { ($0.0, $0.1, $1.0, $1.1) }
    self.width = width
    hasHeads = arrows
    settings = MarkSettings(label: label)
  }

  /// One arrow.
  public static func arrow(
    from start: (Double, Double), to end: (Double, Double), label: String? = nil
  ) -> Segments {
    Segments(from: [start], to: [end], arrows: true, label: label)
  }

  /// What the horizontal axis must show.
  public var xRange: DataRange { DataRange(ends.flatMap { [$0.x0, $0.x1] }) }
  /// What the vertical axis must show.
  public var yRange: DataRange { DataRange(ends.flatMap { [$0.y0, $0.y1] }) }

  /// Draws the data.
  public func draw(in frame: Frame) {
    for segment in ends {
      draw(
        from: frame.point(segment.x0, segment.y0), to: frame.point(segment.x1, segment.y1),
        in: frame)
    }
  }

  /// Draws a sample for the legend.
  public func drawSample(in box: Rect, of frame: Frame) {
    draw(from: Point(box.left, box.center.y), to: Point(box.right, box.center.y), in: frame)
  }

  private func draw(from start: Point, to end: Point, in frame: Frame) {
    let (dx, dy) = (end.x - start.x, end.y - start.y)
    let length = (dx * dx + dy * dy).squareRoot()
    guard length.isFinite, length > 0 else { return }
    guard hasHeads else {
      frame.strokePage([start, end], frame.look.color, width: width)
      return
    }
    // The shaft ends inside the head, whose tip is the datum.
    let head = min(5, length * 0.6)
    let (ux, uy) = (dx / length, dy / length)
    let base = Point(end.x - ux * head, end.y - uy * head)
    let half = head * 0.38
    frame.strokePage(
      [start, Point(base.x + ux * 0.5, base.y + uy * 0.5)], frame.look.color, width: width)
    frame.fillPage(
      Path(closed: [
        end, Point(base.x - uy * half, base.y + ux * half),
        Point(base.x + uy * half, base.y - ux * half),
      ]), frame.look.color)
  }
}
