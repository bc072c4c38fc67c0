/// Solves A·X = B for symmetric positive definite A; works in double precision.
struct CholeskyKernel {
  var batch: Int
  var size: Int
  var columns: Int
  var matrix: Int
  var right: Int
  var result: Int

  /// Where A is not positive definite, the result is NaN, which training reports.
  func run(_ values: UnsafeMutablePointer<Float>, _ index: Int) {
    let a = values + (matrix + index * size * size)
    let b = values + (right + index * size * columns)
    let x = values + (result + index * size * columns)
    let factor = CholeskyFactor((0..<size * size).map { Double(a[$0]) }, size: size)
    let solution = factor.solve((0..<size * columns).map { Double(b[$0]) }, columns: columns)
    for i in 0..<size * columns { x[i] = Float(solution[i]) }
  }
}
