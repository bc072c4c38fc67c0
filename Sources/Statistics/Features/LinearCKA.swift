import Algorithms

/// Linear centred kernel alignment: how alike two representations of the same examples are.
///
/// It is 1 for representations that differ by a rotation, a factor and a shift, and near 0 for
/// unrelated ones of few features and many examples.
///
/// - Reference: Kornblith, Norouzi, Lee and Hinton, "Similarity of Neural Network Representations
///   Revisited", ICML 2019, section 3. <https://arxiv.org/abs/1905.00414>
public enum LinearCKA {
  /// The similarity of two representations, by whichever form takes less.
  public static func similarity(_ x: Representation, _ y: Representation) -> Double {
    max(x.features, y.features) <= x.examples ? ofFeatures(x, y) : ofExamples(x, y)
  }

  /// ‖YᵀX‖²/(‖XᵀX‖ ‖YᵀY‖), by Frobenius' norm, of centred features.
  static func ofFeatures(_ x: Representation, _ y: Representation) -> Double {
    let cross = squaredNorm(ofProduct: x.columns, y.columns)
    let (own, other) = (
      squaredNorm(ofProduct: x.columns, x.columns), squaredNorm(ofProduct: y.columns, y.columns)
    )
    return cross / (own.squareRoot() * other.squareRoot())
  }

  /// HSIC(K, L)/√(HSIC(K, K) HSIC(L, L)) with K = XXᵀ and L = YYᵀ, where HSIC is tr KHLH but for a
  /// factor.
  static func ofExamples(_ x: Representation, _ y: Representation) -> Double {
    precondition(x.examples == y.examples, "representations are of the same examples")
    var (cross, own, other) = (0.0, 0.0, 0.0)
    for first in 0..<x.examples {
      for second in 0...first {
        let (k, l) = (x.rows[first].dot(x.rows[second]), y.rows[first].dot(y.rows[second]))
        let weight = first == second ? 1.0 : 2
        cross += weight * k * l
        own += weight * k * k
        other += weight * l * l
      }
    }
    return cross / (own.squareRoot() * other.squareRoot())
  }

  private static func squaredNorm(ofProduct a: [[Double]], _ b: [[Double]]) -> Double {
    var sum = 0.0
    for first in a {
      for second in b {
        let product = first.dot(second)
        sum += product * product
      }
    }
    return sum
  }
}

/// What a network makes of some examples: a row of features for each, centred.
public struct Representation: Sendable {
  /// The features of each example, whose means are zero.
  let rows: [[Double]]

  /// Rows one after the other.
  public init(_ scalars: [Float], features: Int) {
    precondition(
      features > 0 && !scalars.isEmpty && scalars.count % features == 0,
      "\(scalars.count) numbers are no rows of \(features)")
    let rows = scalars.chunks(ofCount: features).map { $0.map { Double($0) } }
    let mean = rows.mean
    self.rows = rows.map { row in zip(row, mean).map { $0 - $1 } }
  }

  /// The number of examples.
  public var examples: Int { rows.count }
  /// The number of features.
  public var features: Int { rows[0].count }

  /// The values of each feature.
  var columns: [[Double]] {
    (0..<features).map { column in rows.map { $0[column] } }
  }
}
