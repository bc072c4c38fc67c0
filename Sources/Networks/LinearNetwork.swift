import Tensors

/// Dense layers with nothing between them: softmax regression, and regression made deeper (LinNet).
///
/// However many layers there are, the function is linear, y = xW₁W₂… + b; but a gradient step on
/// the factors is another one than on their product. Inputs of any shape are flattened. Weights are
/// named `head/weight` and `head/bias`, and those of the layers before `head/linear1/weight` and so
/// on: all of it is the head.
///
/// - Reference: Arnold, Iqbal and Sha, "When MAML Can Adapt Fast and How to Assist When It Cannot",
///   AISTATS 2021. <https://arxiv.org/abs/1910.13603>
public struct LinearNetwork: Model, Hashable {
  private let kind = "linear network"
  /// The widths from input to output, such as `[784, 5]` or `[784, 256, 128, 64, 64, 5]`.
  public var widths: [Int]
  /// Whether outputs of every layer have a bias, which begins at zero.
  public var hasBias: Bool
  /// How weights are drawn.
  public var initializer: Initializer

  /// A linear network of the given widths.
  public init(widths: [Int], hasBias: Bool = true, initializer: Initializer = .glorotUniform) {
    precondition(widths.count >= 2, "a network has at least an input and an output")
    precondition(widths.allSatisfy { $0 > 0 }, "layers have inputs and outputs, not \(widths)")
    self.widths = widths
    self.hasBias = hasBias
    self.initializer = initializer
  }

  /// The shallow network that can say whatever this one can.
  public var collapsed: LinearNetwork {
    var shallow = self
    shallow.widths = [widths[0], widths[widths.count - 1]]
    return shallow
  }

  /// The paths of the layers, the last one's empty.
  private var prefixes: [String] {
    (1..<widths.count).map { $0 == widths.count - 1 ? "" : "linear\($0)/" }
  }

  /// The weights of all layers before training, without `head` before their names.
  func layerWeights(
    using generator: inout some RandomNumberGenerator
  ) -> Parameters<ShapedArray> {
    var weights = Parameters<ShapedArray>()
    for (number, prefix) in prefixes.enumerated() {
      let shape: Shape = [widths[number], widths[number + 1]]
      weights[prefix + "weight"] = initializer(shape, using: &generator)
      if hasBias { weights[prefix + "bias"] = .zeros([shape[1]]) }
    }
    return weights
  }

  /// The outputs for inputs `[n, first width]`, with weights named without `head`.
  func outputs(for x: Tensor, with weights: Parameters<Tensor>) -> Tensor {
    prefixes.reduce(x) { y, prefix in
      let product = y.matmul(weights[prefix + "weight"])
      return hasBias ? product + weights[prefix + "bias"] : product
    }
  }

  /// The weights of all layers before training.
  public func initialWeights(
    using generator: inout some RandomNumberGenerator
  ) -> Parameters<ShapedArray> {
    layerWeights(using: &generator).scoped("head")
  }

  /// The outputs `[n, last width]` for inputs `[n, …]`.
  public func callAsFunction(_ x: Tensor, _ weights: Parameters<Tensor>) -> Tensor {
    x.flattened(from: 1).labelled("head") { outputs(for: $0, with: weights.scope("head")) }
  }

  /// The weights of ``collapsed`` with which it says the same: W₁W₂… and the biases carried through.
  public func collapse(_ weights: Parameters<Tensor>) -> Parameters<Tensor> {
    let own = weights.scope("head")
    var product = own[prefixes[0] + "weight"]
    var bias = hasBias ? own[prefixes[0] + "bias"].reshaped(to: [1, widths[1]]) : nil
    for prefix in prefixes.dropFirst() {
      let weight = own[prefix + "weight"]
      product = product.matmul(weight)
      bias = bias.map { $0.matmul(weight) + own[prefix + "bias"] }
    }
    var shallow = Parameters<Tensor>()
    shallow["weight"] = product
    if let bias { shallow["bias"] = bias.reshaped(to: [widths[widths.count - 1]]) }
    return shallow.scoped("head")
  }
}
