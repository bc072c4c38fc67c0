/// The X that minimises ½⟨X, HX⟩ − ⟨P, X⟩ among those whose rows sum to zero and X ≤ U.
///
/// A primal-dual interior-point method with predictor and corrector (Mehrotra 1992) comes near
/// enough to see which bounds hold; the other elements are then those of a linear system, so that
/// the solution is exact to rounding. The columns share H and meet only in the rows' sums, so a step
/// factorises one matrix of H's size for each column and one for the sums.
struct QuadraticProgram {
  /// The largest violation of an optimality condition, in units in which H's largest diagonal
  /// element and P's largest element are one.
  static let tolerance = 1e-9

  private let n: Int
  private let m: Int
  private let h: [Double]
  private let p: [Double]
  private let u: [Double]
  /// U before it was scaled.
  private let bound: [Double]
  /// What a unit of the scaled solution is.
  private let unit: Double

  /// The program with these numbers, row by row.
  init(_ h: [Double], linear: [Double], bound: [Double], size: Int, columns: Int) {
    let curvature = (0..<size).reduce(0) { max($0, h[$1 * (size + 1)]) }
    let slope = linear.reduce(0) { max($0, abs($1)) }
    let scale = slope > 0 ? slope : 1
    (n, m) = (size, columns)
    self.bound = bound
    unit = scale / curvature
    // A product XXᵀ in single precision may differ from its transpose in the last bits, by which no
    // point would satisfy the conditions to our tolerance.
    self.h = h.indices.map { index in
      let (row, column) = index.quotientAndRemainder(dividingBy: size)
      return (h[index] + h[column * size + row]) / 2 / curvature
    }
    p = linear.map { $0 / scale }
    let unit = unit
    u = bound.map { $0 / unit }
  }

  /// X, exactly U where the bound holds; NaN where H is not positive definite.
  func solution() -> [Double] {
    var point = InteriorPoint(
      x: Array(repeating: 0, count: n * m), slack: u.map { 1 + abs($0) },
      price: Array(repeating: 1, count: n * m), level: Array(repeating: 0, count: n))
    for _ in 0..<Self.largestStepCount {
      let gap = point.gap
      guard gap.isFinite else { break }
      if gap < 1e-6, let exact = polished(zip(point.price, point.slack).map { $0 <= $1 }) {
        // The bound itself, not what is left of it after scaling there and back.
        return bound.indices.map {
          exact[$0] < u[$0] ? min(exact[$0] * unit, bound[$0]) : bound[$0]
        }
      }
      step(&point)
    }
    return Array(repeating: .nan, count: n * m)
  }

  private static let largestStepCount = 100
}

/// Where an interior-point method is.
private struct InteriorPoint {
  var x: [Double]
  /// U − X, in the end.
  var slack: [Double]
  /// The multipliers of the bounds.
  var price: [Double]
  /// The multipliers of the rows' sums.
  var level: [Double]

  /// The mean product of slack and price, zero at the solution.
  var gap: Double { zip(slack, price).reduce(0) { $0 + $1.0 * $1.1 } / Double(max(slack.count, 1)) }
}

extension QuadraticProgram {
  /// HX − P.
  private func slope(_ x: [Double]) -> [Double] {
    var result = p.map { -$0 }
    for i in 0..<n {
      for j in 0..<n {
        let factor = h[i * n + j]
        for c in 0..<m { result[i * m + c] += factor * x[j * m + c] }
      }
    }
    return result
  }

  /// The solution whose free elements these are, if it satisfies all conditions.
  private func polished(_ isFree: [Bool]) -> [Double]? {
    var x = zip(u, isFree).map { $1 ? 0 : $0 }
    for row in 0..<n {
      let elements = row * m..<(row + 1) * m
      guard let balance = elements.last(where: { isFree[$0] }) else { return nil }
      x[balance] = -elements.reduce(0) { $0 + x[$1] }
    }
    let system = FreeSystem(h, size: n, columns: m, isFree: isFree)
    let change = system.solve(slope(x).map { -$0 })
    for index in x.indices where isFree[index] { x[index] += change[index] }
    let slopes = slope(x)
    for row in 0..<n {
      let elements = row * m..<(row + 1) * m
      let free = elements.filter { isFree[$0] }
      let level = -free.reduce(0) { $0 + slopes[$1] } / Double(free.count)
      for index in elements {
        let rest = slopes[index] + level
        let isMet =
          isFree[index]
          ? abs(rest) <= Self.tolerance && x[index] <= u[index] + Self.tolerance
          : rest <= Self.tolerance
        if !isMet { return nil }
      }
    }
    return x
  }

  /// A step towards the solution: first as if there were no bounds to keep away from, then with
  /// what that teaches.
  private func step(_ point: inout InteriorPoint) {
    let weights = zip(point.price, point.slack).map { $0 / $1 }
    let inverses = (0..<m).map { column in
      var matrix = h
      for row in 0..<n { matrix[row * (n + 1)] += weights[row * m + column] }
      return CholeskyFactor(matrix, size: n).inverse
    }
    var sum = inverses[0]
    for inverse in inverses.dropFirst() { for i in sum.indices { sum[i] += inverse[i] } }
    let system = NewtonSystem(
      n: n, m: m, weights: weights, inverses: inverses,
      sums: CholeskyFactor(sum, size: n), bound: u, slope: slope(point.x))

    let gap = point.gap
    let affine = system.direction(
      at: point, products: zip(point.slack, point.price).map { $0 * $1 })
    let reach = min(1, affine.reach(from: point))
    let ahead = (0..<n * m).reduce(0) {
      $0 + (point.slack[$1] + reach * affine.slack[$1])
        * (point.price[$1] + reach * affine.price[$1])
    }
    let ratio = ahead / Double(n * m) / gap
    let centre = ratio * ratio * ratio * gap
    let direction = system.direction(
      at: point,
      products: (0..<n * m).map {
        point.slack[$0] * point.price[$0] + affine.slack[$0] * affine.price[$0] - centre
      })
    point.move(along: direction, by: min(1, 0.99 * direction.reach(from: point)))
  }
}

extension InteriorPoint {
  /// How far along this direction slacks or prices become zero.
  func reach(from point: InteriorPoint) -> Double {
    var reach = Double.infinity
    for (value, change) in [(point.slack, slack), (point.price, price)] {
      for index in value.indices where change[index] < 0 {
        reach = min(reach, -value[index] / change[index])
      }
    }
    return reach
  }

  mutating func move(along direction: InteriorPoint, by length: Double) {
    func moved(_ value: [Double], _ change: [Double]) -> [Double] {
      zip(value, change).map { $0 + length * $1 }
    }
    x = moved(x, direction.x)
    slack = moved(slack, direction.slack)
    price = moved(price, direction.price)
    level = moved(level, direction.level)
  }
}

/// The linear equations of one step.
private struct NewtonSystem {
  let n: Int
  let m: Int
  /// Price per slack.
  let weights: [Double]
  /// (H + weights)⁻¹ for each column.
  let inverses: [[Double]]
  /// The sum of the inverses.
  let sums: CholeskyFactor
  let bound: [Double]
  let slope: [Double]

  /// The direction in which all residuals vanish and slack · price loses `products`.
  func direction(at point: InteriorPoint, products: [Double]) -> InteriorPoint {
    let excess = (0..<n * m).map { point.x[$0] + point.slack[$0] - bound[$0] }
    let right = (0..<n * m).map { index in
      let residual = slope[index] + point.level[index / m] + point.price[index]
      return -residual + products[index] / point.slack[index] - weights[index] * excess[index]
    }
    var rowSums = (0..<n).map { row in (0..<m).reduce(0) { $0 + point.x[row * m + $1] } }
    for column in 0..<m {
      for i in 0..<n {
        for j in 0..<n { rowSums[i] += inverses[column][i * n + j] * right[j * m + column] }
      }
    }
    let level = sums.solve(rowSums, columns: 1)
    var x = [Double](repeating: 0, count: n * m)
    for column in 0..<m {
      for i in 0..<n {
        for j in 0..<n {
          x[i * m + column] +=
            inverses[column][i * n + j] * (right[j * m + column] - level[j])
        }
      }
    }
    let slack = (0..<n * m).map { -excess[$0] - x[$0] }
    let price = (0..<n * m).map {
      (-products[$0] - point.price[$0] * slack[$0]) / point.slack[$0]
    }
    return InteriorPoint(x: x, slack: slack, price: price, level: level)
  }
}
