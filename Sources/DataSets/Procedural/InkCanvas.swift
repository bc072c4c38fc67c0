/// A grey image on which strokes leave ink: 0 is paper, 1 is ink.
struct InkCanvas {
  let size: Int
  private(set) var ink: [Double]

  init(size: Int) {
    self.size = size
    ink = [Double](repeating: 0, count: size * size)
  }

  /// Inks every pixel by its distance to a chain of points, given in pixels.
  ///
  /// Full ink within the radius, none beyond radius + 1, linear between.
  mutating func draw(_ points: [SIMD2<Double>], radius: Double) {
    for (a, b) in zip(points, points.dropFirst()) { draw(from: a, to: b, radius: radius) }
  }

  private mutating func draw(from a: SIMD2<Double>, to b: SIMD2<Double>, radius: Double) {
    let reach = radius + 1
    let columns = pixels(from: min(a.x, b.x) - reach, to: max(a.x, b.x) + reach)
    let rows = pixels(from: min(a.y, b.y) - reach, to: max(a.y, b.y) + reach)
    let (dx, dy) = (b.x - a.x, b.y - a.y)
    let length = dx * dx + dy * dy
    for row in rows {
      for column in columns {
        let (px, py) = (Double(column) + 0.5 - a.x, Double(row) + 0.5 - a.y)
        let along = length > 0 ? min(max((px * dx + py * dy) / length, 0), 1) : 0
        let (ex, ey) = (px - along * dx, py - along * dy)
        let distance = (ex * ex + ey * ey).squareRoot()
        let place = row * size + column
        ink[place] = max(ink[place], min(max(reach - distance, 0), 1))
      }
    }
  }

  private func pixels(from lower: Double, to upper: Double) -> Range<Int> {
    let first = min(max(Int(lower.rounded(.down)), 0), size)
    return first..<max(first, min(Int(upper.rounded(.up)), size))
  }

  /// The image in bytes.
  var bytes: [UInt8] { ink.map { UInt8(($0 * 255).rounded()) } }
}
