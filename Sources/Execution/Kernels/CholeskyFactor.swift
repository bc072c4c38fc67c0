/// The factor R of a symmetric positive definite matrix A = RᵀR, in double precision.
struct CholeskyFactor {
  let size: Int
  /// R, row by row; what lies below its diagonal means nothing.
  private var rows: [Double]

  /// Factorises the upper triangle of a matrix; where it is not positive definite, R holds NaN, as it
  /// does where either triangle holds one.
  init(_ matrix: [Double], size: Int) {
    self.size = size
    rows = matrix
    let isNumber = !matrix.contains(where: \.isNaN)
    rows.withUnsafeMutableBufferPointer { buffer in
      guard let r = buffer.baseAddress else { return }
      for k in 0..<size {
        let row = r + k * size
        let pivot = row[k]
        let diagonal = isNumber && pivot > 0 ? pivot.squareRoot() : .nan
        for j in k..<size { row[j] /= diagonal }
        for i in k + 1..<max(size, k + 1) {
          let factor = row[i]
          let target = r + i * size
          for j in i..<size { target[j] -= factor * row[j] }
        }
      }
    }
  }

  /// A⁻¹B, for B of so many columns.
  func solve(_ right: [Double], columns: Int) -> [Double] {
    var solution = right
    solution.withUnsafeMutableBufferPointer { buffer in
      guard let x = buffer.baseAddress else { return }
      rows.withUnsafeBufferPointer { r in
        for k in 0..<size {
          let row = x + k * columns
          for c in 0..<columns { row[c] /= r[k * size + k] }
          for i in k + 1..<max(size, k + 1) {
            let factor = r[k * size + i]
            let target = x + i * columns
            for c in 0..<columns { target[c] -= factor * row[c] }
          }
        }
        for k in (0..<size).reversed() {
          let row = x + k * columns
          for i in k + 1..<max(size, k + 1) {
            let factor = r[k * size + i]
            let source = x + i * columns
            for c in 0..<columns { row[c] -= factor * source[c] }
          }
          for c in 0..<columns { row[c] /= r[k * size + k] }
        }
      }
    }
    return solution
  }

  /// A⁻¹.
  var inverse: [Double] {
    var identity = [Double](repeating: 0, count: size * size)
    for index in 0..<size { identity[index * (size + 1)] = 1 }
    return solve(identity, columns: size)
  }
}
