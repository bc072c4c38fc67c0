/// A place on the page, in points (1/72 inch) from the top left corner.
public struct Point: Hashable, Codable, Sendable {
  /// Rightwards.
  public var x: Double
  /// Downwards.
  public var y: Double

  /// A point at the given coordinates.
  public init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }
}

/// A width and a height in points.
public struct Size: Hashable, Codable, Sendable {
  /// The horizontal extent.
  public var width: Double
  /// The vertical extent.
  public var height: Double

  /// A size of the given extents.
  public init(width: Double, height: Double) {
    self.width = width
    self.height = height
  }
}

/// An upright rectangle on the page.
public struct Rect: Hashable, Codable, Sendable {
  /// The left edge.
  public var x: Double
  /// The upper edge.
  public var y: Double
  /// The horizontal extent.
  public var width: Double
  /// The vertical extent.
  public var height: Double

  /// A rectangle with its upper left corner at `x`, `y`.
  public init(x: Double, y: Double, width: Double, height: Double) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  var left: Double { x }
  var right: Double { x + width }
  var top: Double { y }
  var bottom: Double { y + height }
  var center: Point { Point(x + width / 2, y + height / 2) }

  func inset(by margins: Margins) -> Rect {
    Rect(
      x: x + margins.left, y: y + margins.top, width: width - margins.left - margins.right,
      height: height - margins.top - margins.bottom)
  }

  func inset(by margin: Double) -> Rect {
    inset(by: Margins(left: margin, right: margin, top: margin, bottom: margin))
  }
}

/// The space around something, in points.
struct Margins: Hashable {
  var left = 0.0
  var right = 0.0
  var top = 0.0
  var bottom = 0.0
}

/// Lines and polygons on the page.
public struct Path: Hashable, Sendable {
  /// The polylines, each open or closed.
  public private(set) var lines: [Polyline]

  /// Consecutive points, joined.
  public struct Polyline: Hashable, Sendable {
    /// The corners in order.
    public var points: [Point]
    /// Whether the last corner is joined with the first.
    public var isClosed: Bool
  }

  /// An open polyline.
  public init(_ points: [Point]) {
    lines = [Polyline(points: points, isClosed: false)]
  }

  /// A polygon.
  public init(closed points: [Point]) {
    lines = [Polyline(points: points, isClosed: true)]
  }

  /// The outline of a rectangle.
  public init(_ rect: Rect) {
    self.init(closed: [
      Point(rect.left, rect.top), Point(rect.right, rect.top),
      Point(rect.right, rect.bottom), Point(rect.left, rect.bottom),
    ])
  }

  /// Several polylines drawn together.
  public init(joining paths: [Path]) {
    lines = paths.flatMap(\.lines)
  }
}
