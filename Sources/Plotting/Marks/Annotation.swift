/// Words in a plot, at a datum or in a corner.
public struct Annotation: Mark {
  /// Its label, axis and colour.
  public var settings: MarkSettings
  let text: String
  let place: Place
  let size: Double

  enum Place: Sendable {
    case datum(x: Double, y: Double, Direction)
    case corner(Corner)
  }

  /// On which side of its datum a text stands.
  public enum Direction: Sendable {
    /// Over it.
    case above
    /// Under it.
    case below
    /// To its left.
    case left
    /// To its right.
    case right
  }

  /// A text beside a datum.
  public init(
    _ text: String, x: some Coordinate, y: some Coordinate, _ direction: Direction = .right,
    size: Double = 7
  ) {
    self.text = text
    self.size = size
    place = .datum(x: x.coordinate, y: y.coordinate, direction)
    settings = MarkSettings(ink: .color(.ink))
  }

  /// A text in a corner of the plot.
  public init(_ text: String, in corner: Corner, size: Double = 7) {
    self.text = text
    self.size = size
    place = .corner(corner)
    settings = MarkSettings(ink: .color(.ink))
  }

  /// How it takes part in the counting of series.
  public var role: MarkRole { .annotation }
  /// What the horizontal axis must show.
  public var xRange: DataRange {
    if case .datum(let x, _, _) = place { DataRange([x]) } else { .none }
  }
  /// What the vertical axis must show.
  public var yRange: DataRange {
    if case .datum(_, let y, _) = place { DataRange([y]) } else { .none }
  }

  /// Draws the data.
  public func draw(in frame: Frame) {
    let label = Label(text, Font(size: size), frame.look.color)
    switch place {
    case .corner(let corner):
      let box = corner.place(
        frame.canvas.size(of: label),
        in: frame.area.inset(by: Margins(left: 4, right: 4, top: 3, bottom: 4)))
      frame.canvas.write(label, at: Point(box.left, box.top), anchor: .topLeft)
    case .datum(let x, let y, let direction):
      var point = frame.point(x, y)
      guard point.x.isFinite, point.y.isFinite else { return }
      let gap = 4.0
      let anchor: Anchor
      switch direction {
      case .above: (point.y, anchor) = (point.y - gap, .bottom)
      case .below: (point.y, anchor) = (point.y + gap, .top)
      case .left: (point.x, anchor) = (point.x - gap, .right)
      case .right: (point.x, anchor) = (point.x + gap, .left)
      }
      // Kept within the plot, so that no letter is cut off.
      let size = frame.canvas.size(of: label)
      let left = point.x - anchor.x * size.width
      let overhang =
        max(left + size.width - frame.area.right + 1, 0) - max(frame.area.left + 1 - left, 0)
      frame.canvas.write(label, at: Point(point.x - overhang, point.y), anchor: anchor)
    }
  }
}

/// A corner of a plot, or the middle of an edge.
public enum Corner: String, Codable, Sendable, CaseIterable {
  /// Upper right.
  case topRight
  /// Upper left.
  case topLeft
  /// Lower right.
  case bottomRight
  /// Lower left.
  case bottomLeft
  /// Upper edge.
  case top
  /// Lower edge.
  case bottom
  /// Right edge.
  case right
  /// Left edge.
  case left

  /// A box of a size in this corner of an area.
  func place(_ size: Size, in area: Rect) -> Rect {
    let x: Double
    switch self {
    case .topLeft, .bottomLeft, .left: x = 0
    case .top, .bottom: x = 0.5
    case .topRight, .bottomRight, .right: x = 1
    }
    let y: Double
    switch self {
    case .topLeft, .topRight, .top: y = 0
    case .left, .right: y = 0.5
    case .bottomLeft, .bottomRight, .bottom: y = 1
    }
    return Rect(
      x: area.x + (area.width - size.width) * x, y: area.y + (area.height - size.height) * y,
      width: size.width, height: size.height)
  }
}
