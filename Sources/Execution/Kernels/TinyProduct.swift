import Vectors

/// Products so small that a library's call would take longer than the arithmetic.
struct TinyProduct {
  /// Multiplications up to which this is faster.
  static let largest = 2_048

  var left: UnsafePointer<Float>
  var leftRow: Int
  var leftColumn: Int
  var right: UnsafePointer<Float>
  var rightRow: Int
  var rightColumn: Int
  var rows: Int
  var columns: Int
  var inner: Int

  init(
    left: UnsafePointer<Float>, leftRow: Int, leftColumn: Int, right: UnsafePointer<Float>,
    rightRow: Int, rightColumn: Int, rows: Int, columns: Int, inner: Int
  ) {
    // A column is computed as the row that its transpose is.
    let isColumn = columns == 1
    self.left = isColumn ? right : left
    self.leftRow = isColumn ? rightColumn : leftRow
    self.leftColumn = isColumn ? rightRow : leftColumn
    self.right = isColumn ? left : right
    self.rightRow = isColumn ? leftColumn : rightRow
    self.rightColumn = isColumn ? leftRow : rightColumn
    self.rows = isColumn ? 1 : rows
    self.columns = isColumn ? rows : columns
    self.inner = inner
  }

  /// C ← A·B, or C ← C + A·B.
  func run(into result: UnsafeMutablePointer<Float>, accumulating: Bool) {
    if !accumulating { result.update(repeating: 0, count: rows * columns) }
    for row in 0..<rows {
      let c = result + row * columns
      if rightColumn == 1 {
        for k in 0..<inner {
          add(left[row &* leftRow &+ k &* leftColumn], right + k * rightRow, to: c)
        }
      } else {
        for column in 0..<columns {
          c[column] += dot(left + row * leftRow, right + column * rightColumn)
        }
      }
    }
  }

  @inline(__always)
  private func add(
    _ factor: Float, _ b: UnsafePointer<Float>, to c: UnsafeMutablePointer<Float>
  ) {
    var i = 0
    let lanes = Lanes(repeating: factor)
    while i &+ 16 <= columns {
      c.store(c.lanes(i).addingProduct(lanes, b.lanes(i)), i)
      i &+= 16
    }
    while i < columns {
      c[i] = c[i].addingProduct(factor, b[i])
      i &+= 1
    }
  }

  @inline(__always)
  private func dot(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>) -> Float {
    var total: Float = 0
    var k = 0
    if leftColumn == 1 && rightRow == 1 && inner >= 16 {
      var sums = Lanes.zero
      while k &+ 16 <= inner {
        sums = sums.addingProduct(a.lanes(k), b.lanes(k))
        k &+= 16
      }
      total = sums.sum()
    }
    while k < inner {
      total = total.addingProduct(a[k &* leftColumn], b[k &* rightRow])
      k &+= 1
    }
    return total
  }
}
