/// A field as coloured cells, explained by a bar of colours beside the plot.
public struct Heatmap: Mark {
  /// Its label, axis and colour.
  public var settings: MarkSettings
  let field: Field
  let scale: ColorScale

  /// Coloured cells, each around its place of the grid.
  ///
  /// - Parameters:
  ///   - field: The numbers, at equal steps.
  ///   - map: The colours; a diverging map is centred on zero.
  ///   - limits: The numbers at the ends of the map; by default the least and the greatest.
  ///   - label: What the numbers are, beside the bar of colours.
  public init(
    _ field: Field, map: ColorMap = .viridis, limits: ClosedRange<Double>? = nil, label: String
  ) {
    self.field = field
    var range = limits ?? field.limits
    if case .diverging = map, limits == nil {
      let reach = max(abs(range.lowerBound), abs(range.upperBound))
      range = -reach...reach
    }
    scale = ColorScale(map: map, limits: range, label: label)
    settings = MarkSettings()
  }

  /// How it takes part in the counting of series.
  public var role: MarkRole { .annotation }
  /// What the colours mean.
  public var colorScale: ColorScale? { scale }
  /// What the horizontal axis must show.
  public var xRange: DataRange { Self.edges(field.x) }
  /// What the vertical axis must show.
  public var yRange: DataRange { Self.edges(field.y) }

  /// Draws the data.
  public func draw(in frame: Frame) {
    guard let xs = xRange.limits, let ys = yRange.limits else { return }
    let span = scale.limits.upperBound - scale.limits.lowerBound
    let colors = field.values.reversed().joined().map { value in
      value.isFinite
        ? scale.map(span > 0 ? (value - scale.limits.lowerBound) / span : 0.5) : Color.faint
    }
    let topLeft = frame.point(xs.lowerBound, ys.upperBound)
    let bottomRight = frame.point(xs.upperBound, ys.lowerBound)
    frame.canvas.paint(
      Raster(columns: field.x.count, rows: field.y.count, colors: colors),
      in: Rect(
        x: topLeft.x, y: topLeft.y, width: bottomRight.x - topLeft.x,
        height: bottomRight.y - topLeft.y))
  }

  /// From half a step before the first place to half a step behind the last.
  private static func edges(_ places: [Double]) -> DataRange {
    let (first, last) = (places[0], places[places.count - 1])
    let half = (last - first) / Double(places.count - 1) / 2
    var range = DataRange([first - half, last + half])
    range.isTight = true
    return range
  }
}
