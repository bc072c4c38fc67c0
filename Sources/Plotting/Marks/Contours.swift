/// Lines of equal value of a field.
public struct Contours: Mark {
  /// Its label, axis and colour.
  public var settings: MarkSettings
  let field: Field
  let levels: [Double]
  let width: Double

  /// Contour lines.
  ///
  /// - Parameters:
  ///   - field: The numbers.
  ///   - levels: The values of the lines; by default about ten round numbers.
  ///   - width: The lines' width in points.
  ///   - label: The line in the legend.
  public init(
    _ field: Field, levels: [Double]? = nil, width: Double = 0.8, label: String? = nil
  ) {
    self.field = field
    self.levels = levels ?? Ticks.linear(field.limits, count: 10).major
    self.width = width
    settings = MarkSettings(label: label)
  }

  /// What the horizontal axis must show.
  public var xRange: DataRange { Self.tight(field.x) }
  /// What the vertical axis must show.
  public var yRange: DataRange { Self.tight(field.y) }

  /// Draws the data.
  public func draw(in frame: Frame) {
    for level in levels {
      let paths = MarchingSquares(field, level: level).lines.map { line in
        Path(line.map { frame.point($0.x, $0.y) })
      }
      guard !paths.isEmpty else { continue }
      frame.canvas.stroke(
        Path(joining: paths), with: Pen(color: frame.look.color, width: width))
    }
  }

  /// Draws a sample for the legend.
  public func drawSample(in box: Rect, of frame: Frame) {
    frame.strokePage(
      [Point(box.left, box.center.y), Point(box.right, box.center.y)], frame.look.color,
      width: width)
  }

  private static func tight(_ places: [Double]) -> DataRange {
    var range = DataRange(places)
    range.isTight = true
    return range
  }
}
