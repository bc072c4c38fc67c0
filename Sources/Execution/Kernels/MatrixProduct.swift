import COpenBLAS

/// C ← A·B (+ C): products of row-major matrices by OpenBLAS, one after the other for a batch.
struct MatrixProduct {
  var batch: Int
  var rows: Int
  var columns: Int
  var inner: Int
  var transposingLeft: Bool
  var transposingRight: Bool
  var left: Int
  var right: Int
  var result: Int
  var accumulates = false
  /// Several workers share the step: a large product is then cut along rows.
  var isShared = false

  /// Tiles, which may run in any order, by any worker.
  var tileCount: Int { batch * rowParts }

  private var rowParts: Int {
    isShared && rows * columns * inner > Self.largestUnpacked ? (rows + 31) / 32 : 1
  }

  func run(_ values: UnsafeMutablePointer<Float>, _ tile: Int) {
    let (index, part) = (tile / rowParts, tile % rowParts)
    let first = part * rows / rowParts
    let count = (part + 1) * rows / rowParts - first
    if rows * columns * inner <= TinyProduct.largest {
      return TinyProduct(
        left: values + (left + index * rows * inner), leftRow: transposingLeft ? 1 : inner,
        leftColumn: transposingLeft ? rows : 1, right: values + (right + index * inner * columns),
        rightRow: transposingRight ? 1 : columns, rightColumn: transposingRight ? inner : 1,
        rows: rows, columns: columns, inner: inner
      ).run(into: values + (result + index * rows * columns), accumulating: accumulates)
    }
    Self.multiply(
      values + (left + index * rows * inner + (transposingLeft ? first : first * inner)),
      values + (right + index * inner * columns),
      transposingLeft: transposingLeft, transposingRight: transposingRight,
      into: values + (result + (index * rows + first) * columns), rows: count, columns: columns,
      inner: inner, accumulating: accumulates, leftPitch: transposingLeft ? rows : inner)
  }

  /// Multiplications that OpenBLAS makes without packing the matrices, at full speed.
  static let largestUnpacked = 1_000_000

  /// C ← A·B, or Aᵀ·B (+ C), in columns of C so few that nothing is packed.
  static func multiplyUnpacked(
    _ a: UnsafePointer<Float>, transposingLeft: Bool = false, leftPitch: Int,
    _ b: UnsafePointer<Float>, rightPitch: Int, into c: UnsafeMutablePointer<Float>, pitch: Int,
    rows m: Int, columns n: Int, inner k: Int, accumulating: Bool
  ) {
    let width = max(largestUnpacked / (m * k) / 64, 1) * 64
    for column in stride(from: 0, to: n, by: width) {
      cblas_sgemm(
        CblasRowMajor, transposingLeft ? CblasTrans : CblasNoTrans, CblasNoTrans, blasint(m),
        blasint(min(width, n - column)), blasint(k), 1, a, blasint(leftPitch), b + column,
        blasint(rightPitch), accumulating ? 1 : 0, c + column, blasint(pitch))
    }
  }

  /// C ← op(A)·op(B), or C ← C + op(A)·op(B).
  ///
  /// `pitch`: the distance between rows of C, and of B unless that is transposed.
  ///
  /// `leftPitch`: the distance between rows of A.
  @inline(__always)
  static func multiply(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, transposingLeft: Bool = false,
    transposingRight: Bool = false,
    into c: UnsafeMutablePointer<Float>, rows m: Int, columns n: Int, inner k: Int,
    accumulating: Bool = false, pitch: Int? = nil, leftPitch: Int? = nil
  ) {
    cblas_sgemm(
      CblasRowMajor, transposingLeft ? CblasTrans : CblasNoTrans,
      transposingRight ? CblasTrans : CblasNoTrans, blasint(m), blasint(n), blasint(k), 1, a,
      blasint(leftPitch ?? (transposingLeft ? m : k)), b,
      blasint(transposingRight ? k : pitch ?? n), accumulating ? 1 : 0, c, blasint(pitch ?? n))
  }
}
