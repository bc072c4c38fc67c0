/// A symmetric matrix with numbers on the diagonal and beside it.
struct Tridiagonal {
  /// The n numbers on the diagonal.
  var diagonal: [Double]
  /// The n − 1 numbers beside it; more are ignored.
  var beside: [Double]

  /// The smallest and the largest eigenvalue, to the last digits, by bisection.
  var extremes: (smallest: Double, largest: Double) {
    // Gershgorin's discs hold all eigenvalues.
    let radii = diagonal.indices.map { index in
      (index > 0 ? abs(beside[index - 1]) : 0)
        + (index + 1 < diagonal.count ? abs(beside[index]) : 0)
    }
    let low = zip(diagonal, radii).map { $0 - $1 }.min() ?? 0
    let high = zip(diagonal, radii).map { $0 + $1 }.max() ?? 0
    return (
      smallest: bisect(low, high) { countBelow($0) >= 1 },
      largest: bisect(low, high) { countBelow($0) >= diagonal.count }
    )
  }

  /// The number of eigenvalues below x: the negative pivots of T − xI (Sturm's sequence).
  private func countBelow(_ x: Double) -> Int {
    var count = 0
    var pivot = 1.0
    for index in diagonal.indices {
      let square = index > 0 ? beside[index - 1] * beside[index - 1] : 0
      pivot = diagonal[index] - x - square / pivot
      if pivot == 0 { pivot = -Double.leastNormalMagnitude }
      if pivot < 0 { count += 1 }
    }
    return count
  }

  /// Where a condition that holds from some point on begins to hold.
  private func bisect(_ low: Double, _ high: Double, _ holds: (Double) -> Bool) -> Double {
    var (low, high) = (low, high)
    while true {
      let middle = low + (high - low) / 2
      if middle <= low || middle >= high { return middle }
      if holds(middle) { high = middle } else { low = middle }
    }
  }
}
