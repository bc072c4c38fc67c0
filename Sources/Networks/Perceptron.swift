import Tensors

/// Dense layers with an activation between them: the regressor of sine waves.
///
/// Weights are named `dense1/weight`, `dense1/bias`, …; the last layer is `head`.
public struct Perceptron: Model, Hashable {
  private let kind = "perceptron"
  /// The widths from input to output, such as `[1, 40, 40, 1]`.
  public var widths: [Int]
  /// The function between layers.
  public var activation = Activation.relu
  /// How each layer's weights are drawn; biases begin with zeros.
  public var initializer = Initializer.glorotUniform

  /// A perceptron of the given widths.
  public init(
    widths: [Int], activation: Activation = .relu, initializer: Initializer = .glorotUniform
  ) {
    precondition(widths.count >= 2, "a perceptron has at least an input and an output")
    self.widths = widths
    self.activation = activation
    self.initializer = initializer
  }

  private var layers: [(name: String, layer: Dense)] {
    (1..<widths.count).map { number in
      (
        number == widths.count - 1 ? "head" : "dense\(number)",
        Dense(inputs: widths[number - 1], outputs: widths[number], initializer: initializer)
      )
    }
  }

  /// The weights of all layers before training.
  public func initialWeights(
    using generator: inout some RandomNumberGenerator
  ) -> Parameters<ShapedArray> {
    var weights = Parameters<ShapedArray>()
    for (name, layer) in layers {
      weights = weights.replacing(layer.initialWeights(using: &generator).scoped(name))
    }
    return weights
  }

  /// The outputs `[n, last width]` for the inputs `[n, first width]`.
  public func callAsFunction(_ x: Tensor, _ weights: Parameters<Tensor>) -> Tensor {
    var y = x
    for (name, layer) in layers {
      y = y.labelled(name) { layer($0, weights.scope(name)) }
      if name != "head" { y = activation(y) }
    }
    return y
  }
}
