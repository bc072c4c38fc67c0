/// Numbers over a rectangular grid of places, as a landscape's heights.
public struct Field: Sendable {
  /// Ascending horizontal coordinates of the columns.
  let x: [Double]
  /// Ascending vertical coordinates of the rows.
  let y: [Double]
  /// `values[row][column]`.
  let values: [[Double]]

  /// The given numbers, `values[row][column]` at `x[column]`, `y[row]`.
  public init(x: [Double], y: [Double], values: [[Double]]) {
    precondition(
      values.count == y.count && values.allSatisfy { $0.count == x.count },
      "a field over \(x.count)×\(y.count) places needs as many values")
    precondition(x.count > 1 && y.count > 1, "a field needs two columns and two rows")
    self.x = x
    self.y = y
    self.values = values
  }

  /// The values of a function on a grid of equal steps.
  public init(
    x: ClosedRange<Double>, y: ClosedRange<Double>, columns: Int = 120, rows: Int = 120,
    _ function: (Double, Double) -> Double
  ) {
    func places(_ range: ClosedRange<Double>, _ count: Int) -> [Double] {
      (0..<count).map {
        range.lowerBound
          + (range.upperBound - range.lowerBound) * Double($0) / Double(max(count - 1, 1))
      }
    }
    let (xs, ys) = (places(x, columns), places(y, rows))
    self.init(x: xs, y: ys, values: ys.map { y in xs.map { x in function(x, y) } })
  }

  var limits: ClosedRange<Double> { DataRange(values.joined()).limits ?? 0...1 }
}
