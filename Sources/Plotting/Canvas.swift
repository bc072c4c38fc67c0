/// The drawing verbs a mark, an axis or a table may use; coordinates are points on the page.
///
/// `CairoCanvas` makes files, `SceneCanvas` records what is shown for tests, `InkCanvas` finds out
/// where there is room.
package protocol Canvas: AnyObject {
  /// Draws along a path.
  func stroke(_ path: Path, with pen: Pen)
  /// Fills a path by the even-odd rule.
  func fill(_ path: Path, with color: Color)
  /// Draws one point of a series, never cut by `clip(to:_:)`.
  func mark(_ marker: Marker, at center: Point, size: Double, color: Color)
  /// Writes a label with its anchor at a point, turned counter-clockwise by an angle in degrees;
  /// never cut by `clip(to:_:)`.
  func write(_ label: Label, at point: Point, anchor: Anchor, angle: Double)
  /// Fills a rectangle with cells, first row on top, without smoothing.
  func paint(_ cells: Raster, in rect: Rect)
  /// Confines what the body draws to a rectangle.
  func clip(to rect: Rect, _ body: () -> Void)
  /// Names what the body draws, and the data coordinates it is in, for those who read scenes.
  func group(_ name: String, in projection: Projection?, _ body: () -> Void)
  /// The measures of a string without markup.
  func extents(of text: String, in font: Font) -> TextExtents
}

/// How a path is stroked.
package struct Pen: Hashable, Sendable {
  var color: Color
  var width: Double
  /// In units of the width.
  var dash: [Double] = []
}

/// A size, and a weight, of the one family that is used.
package struct Font: Hashable, Sendable {
  var size: Double
  var isBold = false
}

/// How far a string reaches: along the line, and its ink above (positive) the base line.
package struct TextExtents: Hashable, Sendable {
  var advance: Double
  var inkTop: Double
}

/// Which point of a label stands at the given place.
package struct Anchor: Hashable, Sendable {
  /// 0 is the label's left end, 1 its right end.
  var x: Double
  /// 0 is the top of capitals, 1 the base line (of the last line).
  var y: Double

  static let topLeft = Anchor(x: 0, y: 0)
  static let top = Anchor(x: 0.5, y: 0)
  static let topRight = Anchor(x: 1, y: 0)
  static let left = Anchor(x: 0, y: 0.5)
  static let center = Anchor(x: 0.5, y: 0.5)
  static let right = Anchor(x: 1, y: 0.5)
  static let bottomLeft = Anchor(x: 0, y: 1)
  static let bottom = Anchor(x: 0.5, y: 1)
  static let bottomRight = Anchor(x: 1, y: 1)
}

/// Coloured cells in rows.
package struct Raster: Hashable, Sendable {
  var columns: Int
  var rows: Int
  var colors: [Color]
}
