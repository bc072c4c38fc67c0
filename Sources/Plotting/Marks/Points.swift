/// Single data, each shown by a marker.
public struct Points: Mark {
  /// Its label, axis and colour.
  public var settings: MarkSettings
  let x: [Double]
  let y: [Double]
  let marker: Marker?
  let size: Double
  let opacity: Double

  /// A cloud of points.
  ///
  /// - Parameters:
  ///   - x: Horizontal coordinates.
  ///   - y: Vertical coordinates, as many.
  ///   - label: The line in the legend.
  ///   - marker: The shape; by default the series' own.
  ///   - size: The diameter in points.
  ///   - opacity: Below one where many points overlap.
  public init(
    _ x: some Sequence<some Coordinate>, _ y: some Sequence<some Coordinate>, label: String? = nil,
    marker: Marker? = nil, size: Double = 4.2, opacity: Double = 1
  ) {
    self.x = x.map(\.coordinate)
    self.y = y.map(\.coordinate)
    self.marker = marker
    self.size = size
    self.opacity = opacity
    settings = MarkSettings(label: label)
    precondition(self.x.count == self.y.count, "\(self.x.count) x and \(self.y.count) y values")
  }

  /// What the horizontal axis must show.
  public var xRange: DataRange { DataRange(x) }
  /// What the vertical axis must show.
  public var yRange: DataRange { DataRange(y) }

  /// Draws the data.
  public func draw(in frame: Frame) {
    for (x, y) in zip(x, y) {
      frame.mark(
        marker ?? frame.look.marker, x, y, size: size, color: frame.look.color.opacity(opacity))
    }
  }

  /// Draws a sample for the legend.
  public func drawSample(in box: Rect, of frame: Frame) {
    frame.canvas.mark(
      marker ?? frame.look.marker, at: box.center, size: size,
      color: frame.look.color.opacity(opacity))
  }
}
