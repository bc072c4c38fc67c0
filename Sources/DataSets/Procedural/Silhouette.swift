import Episodes

/// The outline of a part of a thing, about the origin and roughly of radius 1.
enum Silhouette {
  case ellipse
  case box
  case wedge
  case ring
  /// A flower or star: a circle whose radius swings `count` times.
  case lobes(count: Int, depth: Double)

  /// Roughly the distance to the outline, negative inside.
  func distance(_ p: SIMD2<Double>) -> Double {
    let radius = (p.x * p.x + p.y * p.y).squareRoot()
    switch self {
    case .ellipse: return radius - 1
    case .box:
      // Corners rounded with radius 0.25.
      let (qx, qy) = (abs(p.x) - 0.65, abs(p.y) - 0.65)
      let (ox, oy) = (max(qx, 0), max(qy, 0))
      return (ox * ox + oy * oy).squareRoot() + min(max(qx, qy), 0) - 0.25
    case .wedge: return max(abs(p.x) * 0.894 + p.y * 0.447 - 0.447, -p.y - 0.9)
    case .ring: return abs(radius - 0.75) - 0.25
    case .lobes(let count, let depth):
      // cos(nφ) by Chebyshev's recurrence from cos φ = x / r.
      let cosine = radius > 0 ? p.x / radius : 1
      var (before, now) = (1.0, cosine)
      for _ in 1..<count { (before, now) = (now, 2 * cosine * now - before) }
      return radius - 1 + depth * (1 - now)
    }
  }

  static func random(using generator: inout Generator) -> Silhouette {
    switch generator.index(below: 7) {
    case 0, 1: .ellipse
    case 2, 3: .box
    case 4: .wedge
    case 5: .ring
    default:
      .lobes(count: 3 + generator.index(below: 4), depth: generator.uniform(in: 0.15...0.35))
    }
  }
}
