/// The mean inner product over all pairs of different vectors, from their sum.
///
/// (‖Σᵢ vᵢ‖² − Σᵢ ‖vᵢ‖²)/(n(n − 1)) equals the mean of vᵢ · vⱼ over i ≠ j without a loop over
/// pairs, and without keeping the vectors. Everything is added in double precision, in the order
/// in which the vectors come.
public struct MeanPairwiseProduct: Sendable {
  private var sum: [Double]
  private var squares = 0.0
  private var count = 0

  /// The mean over no vectors, of so many elements each.
  public init(dimension: Int) { sum = [Double](repeating: 0, count: dimension) }

  /// Takes one more vector into the mean.
  public mutating func add(_ vector: [Double]) { add(vector, scale: 1) }

  /// Takes one more vector of length one into the mean: a vector's direction.
  ///
  /// A vector of zeros has no direction and counts as orthogonal to all others.
  public mutating func add(directionOf vector: [Double]) {
    let norm = Self.norm(vector)
    add(vector, scale: norm > 0 ? 1 / norm : 0)
  }

  private mutating func add(_ vector: [Double], scale: Double) {
    precondition(vector.count == sum.count, "vectors of \(vector.count) and \(sum.count) elements")
    var square = 0.0
    for index in sum.indices {
      let element = scale * vector[index]
      sum[index] += element
      square += element * element
    }
    squares += square
    count += 1
  }

  /// The mean; zero of fewer than two vectors.
  public var value: Double {
    guard count > 1 else { return 0 }
    let total = sum.reduce(0) { $0 + $1 * $1 }
    return (total - squares) / Double(count * (count - 1))
  }

  /// ‖v‖₂.
  static func norm(_ vector: [Double]) -> Double {
    vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }
}
