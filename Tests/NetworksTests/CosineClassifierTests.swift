import Tensors
import TestSupport
import Testing

@testable import Networks

/// A head that compares directions, and what it has in common with one of dot products.
struct CosineClassifierTests {
  private static let classifier: CosineClassifier = {
    var body = ConvolutionalNetwork(
      imageShape: [6, 6, 1], ways: 3, depth: 2, filters: 4, downsampling: .stride(2))
    body.headInitializer = .fanInUniform
    return CosineClassifier(body, scale: 2)
  }()

  private let features: ShapedArray
  private let directions: ShapedArray

  init() {
    var numbers = TestNumbers(seed: 2)
    features = numbers.array([5, 4])
    directions = numbers.array([4, 3])
  }

  /// The logits of features with a head.
  private func logits(
    _ features: ShapedArray, _ directions: ShapedArray, norm: [Float]
  ) -> [Double] {
    let norms = ShapedArray(norm, shape: [3])
    return Precision.reference.values(
      like: features, directions, norms,
      at: [features, directions, norms].map { $0.scalars.map(Double.init) }
    ) { (features: Tensor, directions: Tensor, norms: Tensor) in
      Self.classifier.logits(
        of: features, Parameters(names: ["direction", "norm"], leaves: [directions, norms]))
    }[0]
  }

  /// s · g_m cos(f, v_m), by the definition.
  private func cosine(_ norm: [Float]) -> [Double] {
    (0..<5).flatMap { row in
      (0..<3).map { column in
        let f = (0..<4).map { Double(features.scalars[4 * row + $0]) }
        let v = (0..<4).map { Double(directions.scalars[3 * $0 + column]) }
        func length(_ x: [Double]) -> Double { x.reduce(0) { $0 + $1 * $1 }.squareRoot() }
        let product = zip(f, v).reduce(0) { $0 + $1.0 * $1.1 }
        return 2 * Double(norm[column]) * product / (length(f) * length(v))
      }
    }
  }

  @Test(arguments: [[1, 1, 1], [0.5, 2, 3]] as [[Float]])
  func logitsAreScaledCosines(norm: [Float]) {
    #expect(deviation([logits(features, directions, norm: norm)], from: [cosine(norm)]) < 1e-4)
  }

  /// Lengths of features and of directions are of no account; the norms are.
  @Test func lengthsDoNotCount() {
    let found = logits(features, directions, norm: [1, 1, 1])
    let longer = ShapedArray(features.scalars.map { 8 * $0 }, shape: features.shape)
    let shorter = ShapedArray(directions.scalars.map { $0 / 4 }, shape: directions.shape)
    #expect(deviation([logits(longer, directions, norm: [1, 1, 1])], from: [found]) < 1e-4)
    #expect(deviation([logits(features, shorter, norm: [1, 1, 1])], from: [found]) < 1e-6)
    let doubled = logits(features, directions, norm: [2, 2, 2])
    #expect(deviation([doubled], from: [found.map { 2 * $0 }]) < 1e-9)
  }

  /// At the start a norm is that of its direction, so that it ranks as the dot product of the scaled
  /// features does.
  @Test func beginsAsDotProductsOfDirections() {
    var numbers = TestNumbers(seed: 4)
    let weights = Self.classifier.initialWeights(using: &numbers)
    #expect(weights.names.suffix(2) == ["head/direction", "head/norm"])
    let direction = weights["head/direction"]
    for column in 0..<3 {
      let length = stride(from: column, to: direction.shape.count, by: 3).reduce(0) {
        $0 + direction.scalars[$1] * direction.scalars[$1]
      }.squareRoot()
      #expect(abs(weights["head/norm"].scalars[column] - length) < 1e-5)
    }
  }
}
