/// A pen stroke: knots joined by a smooth curve that may break its direction at some of them.
struct Stroke {
  /// A place that the pen passes.
  struct Knot {
    var place: SIMD2<Double>
    /// Whether the pen turns sharply here.
    var isCorner: Bool
  }

  var knots: [Knot]

  /// The curve as a chain of points: Catmull–Rom splines between the knots.
  func points(perSpan count: Int = 5) -> [SIMD2<Double>] {
    guard let first = knots.first else { return [] }
    var points = [first.place]
    for span in 0..<max(knots.count - 1, 0) {
      let (a, b) = (knots[span], knots[span + 1])
      // A spline that ends at a corner continues as if mirrored there.
      let before =
        span == 0 || a.isCorner ? 2 * a.place - b.place : knots[span - 1].place
      let after =
        span + 2 == knots.count || b.isCorner ? 2 * b.place - a.place : knots[span + 2].place
      let slope0 = (b.place - before) / 2
      let slope1 = (after - a.place) / 2
      for step in 1...count {
        let t = Double(step) / Double(count)
        let (t2, t3) = (t * t, t * t * t)
        let ends = (2 * t3 - 3 * t2 + 1) * a.place + (3 * t2 - 2 * t3) * b.place
        let slopes = (t3 - 2 * t2 + t) * slope0 + (t3 - t2) * slope1
        points.append(ends + slopes)
      }
    }
    return points
  }
}
