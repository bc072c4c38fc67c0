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
    let factor = (0..<size * size).map { Double(a[$0]) }
    let solution = Self.solve(factor, (0..<size * columns).map { Double(b[$0]) }, size: size)
    for i in 0..<size * columns { x[i] = Float(solution[i]) }
  }

  static func solve(_ matrix: [Double], _ right: [Double], size n: Int) -> [Double] {
    var l = matrix
    var x = right
    let columns = right.count / max(n, 1)
    for j in 0..<n {
      for k in 0..<j { l[j * n + j] -= l[j * n + k] * l[j * n + k] }
      let pivot = l[j * n + j]
      l[j * n + j] = pivot > 0 ? pivot.squareRoot() : .nan
      for i in j + 1..<max(n, j + 1) {
        for k in 0..<j { l[i * n + j] -= l[i * n + k] * l[j * n + k] }
        l[i * n + j] /= l[j * n + j]
      }
    }
    for c in 0..<columns {
      for i in 0..<n {
        for k in 0..<i { x[i * columns + c] -= l[i * n + k] * x[k * columns + c] }
        x[i * columns + c] /= l[i * n + i]
      }
      for i in (0..<n).reversed() {
        for k in i + 1..<max(n, i + 1) { x[i * columns + c] -= l[k * n + i] * x[k * columns + c] }
        x[i * columns + c] /= l[i * n + i]
      }
    }
    return x
  }
}
