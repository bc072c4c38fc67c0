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

  func run(_ values: UnsafeMutablePointer<Float>, _ index: Int) {
    Self.multiply(
      values + (left + index * rows * inner), values + (right + index * inner * columns),
      transposingLeft: transposingLeft, transposingRight: transposingRight,
      into: values + (result + index * rows * columns), rows: rows, columns: columns, inner: inner,
      accumulating: accumulates)
  }

  /// C ← op(A)·op(B), or C ← C + op(A)·op(B).
  @inline(__always)
  static func multiply(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, transposingLeft ta: Bool = false,
    transposingRight tb: Bool = false,
    into c: UnsafeMutablePointer<Float>, rows m: Int, columns n: Int, inner k: Int,
    accumulating: Bool = false
  ) {
    cblas_sgemm(
      CblasRowMajor, ta ? CblasTrans : CblasNoTrans, tb ? CblasTrans : CblasNoTrans,
      blasint(m), blasint(n), blasint(k), 1, a, blasint(ta ? m : k), b, blasint(tb ? k : n),
      accumulating ? 1 : 0, c, blasint(n))
  }
}

package func sgemm(_ a: [Float], _ b: [Float], _ c: inout [Float], _ m: Int, _ n: Int, _ k: Int, _ ta: Bool, _ tb: Bool, _ acc: Bool) {
  a.withUnsafeBufferPointer { a in b.withUnsafeBufferPointer { b in c.withUnsafeMutableBufferPointer { c in
    MatrixProduct.multiply(a.baseAddress!, b.baseAddress!, transposingLeft: ta, transposingRight: tb, into: c.baseAddress!, rows: m, columns: n, inner: k, accumulating: acc) } } }
}
