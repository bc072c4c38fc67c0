import Foundation

/// A regression task of four points, with its loss L = mean (b tanh(ax) − y)² derived by hand: what
/// the library's metrics are checked against.
struct PlaneTask {
  let x = [-2.0, -0.7, 0.5, 1.4]
  let y: [Double]

  /// Points near the curve of some weights.
  init(near weights: [Double], noise: [Double]) {
    y = zip(x, noise).map { weights[1] * tanh(weights[0] * $0) + $1 }
  }

  private func mean(_ term: (_ x: Double, _ y: Double) -> Double) -> Double {
    zip(x, y).reduce(0) { $0 + term($1.0, $1.1) } / Double(x.count)
  }

  /// ∇L, from ∂r/∂a = bx(1 − t²) and ∂r/∂b = t with t = tanh(ax) and r = bt − y.
  func gradient(_ a: Double, _ b: Double) -> [Double] {
    [
      mean { x, y in
        let t = tanh(a * x)
        return 2 * (b * t - y) * b * x * (1 - t * t)
      },
      mean { x, y in
        let t = tanh(a * x)
        return 2 * (b * t - y) * t
      },
    ]
  }

  /// The largest absolute eigenvalue of ∇²L, the root of a quadratic: |m| + √(d² + c²) with m the mean
  /// of the diagonal, d half its difference and c beside it.
  func spectralNorm(_ a: Double, _ b: Double) -> Double {
    let aa = mean { x, y in
      let t = tanh(a * x)
      let slope = b * x * (1 - t * t)
      return 2 * (slope * slope - (b * t - y) * 2 * b * x * x * t * (1 - t * t))
    }
    let ab = mean { x, y in
      let t = tanh(a * x)
      return 2 * x * (1 - t * t) * (2 * b * t - y)
    }
    let bb = mean { x, _ in 2 * tanh(a * x) * tanh(a * x) }
    return abs(aa + bb) / 2 + hypot((aa - bb) / 2, ab)
  }

  /// Where descent from a start ends.
  func solution(from start: [Double], rate: Double, steps: Int) -> [Double] {
    (0..<steps).reduce(start) { point, _ in
      zip(point, gradient(point[0], point[1])).map { $0 - rate * $1 }
    }
  }
}
