/// The Cholesky decomposition A = LLᵀ of a symmetric positive definite matrix.
struct Cholesky {
  private var factor: [[Double]]

  /// The decomposition; nothing if the matrix is not positive definite.
  init?(_ matrix: [[Double]]) {
    factor = matrix
    for row in matrix.indices {
      for column in 0...row {
        var sum = matrix[row][column]
        for index in 0..<column { sum -= factor[row][index] * factor[column][index] }
        if row == column {
          guard sum > 0 else { return nil }
          factor[row][row] = sum.squareRoot()
        } else {
          factor[row][column] = sum / factor[column][column]
        }
      }
    }
  }

  /// x with Ax = b.
  func solution(of b: [Double]) -> [Double] {
    var x = b
    for row in x.indices {
      for index in 0..<row { x[row] -= factor[row][index] * x[index] }
      x[row] /= factor[row][row]
    }
    for row in x.indices.reversed() {
      for index in row + 1..<x.count { x[row] -= factor[index][row] * x[index] }
      x[row] /= factor[row][row]
    }
    return x
  }
}
