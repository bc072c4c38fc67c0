import Tensors

/// A convolutional network whose head compares directions: the classifier of Baseline++.
///
/// The logit of class m is s · g_m cos(f, v_m), with the features f, a direction v_m and a norm g_m
/// for each class (weight normalisation), and a scale s; there is no bias. The head's weights are
/// `head/direction` and `head/norm`.
///
/// - Reference: Chen, Liu, Kira, Wang and Huang, "A Closer Look at Few-shot Classification", ICLR
///   2019, section 3.2. <https://arxiv.org/abs/1904.04232>
public struct CosineClassifier: Model, Hashable {
  private let kind = "cosine classifier"
  /// What makes features of images, and says how many classes there are; its head is left out.
  public var body: ConvolutionalNetwork
  /// s.
  public var scale: Double

  /// A body with a head of directions.
  public init(_ body: ConvolutionalNetwork, scale: Double = 2) {
    (self.body, self.scale) = (body, scale)
  }

  /// The body's weights; norms begin as those of the directions.
  public func initialWeights(
    using generator: inout some RandomNumberGenerator
  ) -> Parameters<ShapedArray> {
    var weights = body.initialWeights(using: &generator).filter { !$0.hasPrefix("head/") }
    let direction = body.headInitializer([body.features, body.ways], using: &generator)
    var squares = [Float](repeating: 0, count: body.ways)
    for (place, number) in direction.scalars.enumerated() {
      squares[place % body.ways] += number * number
    }
    weights["head/direction"] = direction
    weights["head/norm"] = ShapedArray(squares.map { $0.squareRoot() }, shape: [body.ways])
    return weights
  }

  /// The logits `[n, ways]` of images `[n, height, width, channels]`.
  public func callAsFunction(_ x: Tensor, _ weights: Parameters<Tensor>) -> Tensor {
    body.embedding(of: x, weights).labelled("head") { features in
      logits(of: features, weights.scope("head"))
    }
  }

  /// The logits of features `[n, features]`.
  func logits(of features: Tensor, _ own: Parameters<Tensor>) -> Tensor {
    // The constants are those of the authors' code: nothing divides by zero.
    let lengths = features.squared().summed(along: 1, keepingAxes: true) + 1e-12
    let directions = features / (lengths.squareRoot() + 1e-5)
    let classes = own["direction"]
    let norms = classes.squared().summed(along: 0, keepingAxes: true) + 1e-12
    return scale * directions.matmul(classes * norms.reciprocalSquareRoot()) * own["norm"]
  }
}
