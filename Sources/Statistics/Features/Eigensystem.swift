/// The eigenvalues and eigenvectors of a small symmetric matrix, the largest value first.
///
/// By Jacobi's rotations, each of which sets one number beside the diagonal to zero.
struct Eigensystem {
  private(set) var values: [Double]
  /// Of length one, in the order of the values.
  private(set) var vectors: [[Double]]

  init(of matrix: [[Double]]) {
    var a = matrix
    let size = a.count
    var columns = (0..<size).map { row in (0..<size).map { $0 == row ? 1.0 : 0 } }
    let scale = a.joined().reduce(0) { $0 + $1 * $1 }
    for _ in 0..<Self.sweeps {
      let beside = a.indices.reduce(0.0) { sum, row in
        sum + a[row].indices.reduce(0) { $1 == row ? $0 : $0 + a[row][$1] * a[row][$1] }
      }
      if beside <= 1e-32 * scale { break }
      for p in 0..<size {
        for q in p + 1..<size where a[p][q] != 0 {
          let slope = (a[q][q] - a[p][p]) / (2 * a[p][q])
          let tangent = (slope < 0 ? -1 : 1) / (abs(slope) + (slope * slope + 1).squareRoot())
          let cosine = 1 / (tangent * tangent + 1).squareRoot()
          let sine = tangent * cosine
          for k in 0..<size {
            (a[k][p], a[k][q]) = (
              cosine * a[k][p] - sine * a[k][q], sine * a[k][p] + cosine * a[k][q]
            )
          }
          for k in 0..<size {
            (a[p][k], a[q][k]) = (
              cosine * a[p][k] - sine * a[q][k], sine * a[p][k] + cosine * a[q][k]
            )
            (columns[k][p], columns[k][q]) = (
              cosine * columns[k][p] - sine * columns[k][q],
              sine * columns[k][p] + cosine * columns[k][q]
            )
          }
        }
      }
    }
    let order = a.indices.sorted { a[$0][$0] > a[$1][$1] }
    values = order.map { a[$0][$0] }
    vectors = order.map { index in columns.map { $0[index] } }
  }

  private static let sweeps = 50
}
