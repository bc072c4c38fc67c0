/// Where and how one mark draws: its axes, its look, and verbs in data coordinates.
public struct Frame {
  let canvas: any Canvas
  let area: Rect
  let projection: Projection
  /// The mark's colour, dash and marker.
  public let look: Look
  /// The mark's number among the bars of the plot, and their count.
  let slot: (index: Int, count: Int)

  /// The place of a datum on the page; not finite if an axis cannot show it.
  func point(_ x: Double, _ y: Double) -> Point {
    projection(x, y)
  }

  /// Draws along data; missing values (not finite) interrupt the line.
  func stroke(_ data: [(x: Double, y: Double)], color: Color, width: Double, dash: [Double] = []) {
    let runs = data.map { point($0.x, $0.y) }.split { !$0.x.isFinite || !$0.y.isFinite }
    let paths = runs.filter { $0.count > 1 }.map { Path(Array($0)) }
    guard !paths.isEmpty else { return }
    canvas.stroke(Path(joining: paths), with: Pen(color: color, width: width, dash: dash))
  }

  /// Fills a polygon with corners in data coordinates, cut where an axis cannot show them.
  func fill(_ data: [(x: Double, y: Double)], color: Color) {
    canvas.fill(Path(closed: data.map { cutPoint($0.x, $0.y) }), with: color)
  }

  /// Outlines a polygon with corners in data coordinates, cut where an axis cannot show them.
  func outline(_ data: [(x: Double, y: Double)], color: Color, width: Double) {
    canvas.stroke(
      Path(closed: data.map { cutPoint($0.x, $0.y) }), with: Pen(color: color, width: width))
  }

  /// The place of a corner of something filled: at an axis' end if the axis cannot show it.
  func cutPoint(_ x: Double, _ y: Double) -> Point {
    point(projection.x.shown(x), projection.y.shown(y))
  }

  /// Draws a point, if both coordinates are finite.
  func mark(_ marker: Marker, _ x: Double, _ y: Double, size: Double, color: Color) {
    let place = point(x, y)
    guard place.x.isFinite, place.y.isFinite else { return }
    canvas.mark(marker, at: place, size: size, color: color)
  }

  /// Draws along page coordinates, for legend samples and caps.
  func strokePage(_ points: [Point], _ color: Color, width: Double, dash: [Double] = []) {
    canvas.stroke(Path(points), with: Pen(color: color, width: width, dash: dash))
  }

  /// Fills in page coordinates.
  func fillPage(_ path: Path, _ color: Color) {
    canvas.fill(path, with: color)
  }
}
