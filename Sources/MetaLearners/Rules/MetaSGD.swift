import Tensors

/// Meta-SGD: every weight learns its own inner-loop rate.
///
/// The step is θ′ = θ − α ⊙ ∇L(θ), with α meta-learned together with θ (equation 2).
///
/// - Reference: Li, Zhou, Chen and Li, "Meta-SGD: Learning to Learn Quickly for Few-Shot Learning",
///   2017. <https://arxiv.org/abs/1707.09835>
public struct MetaSGD: UpdateRule, Hashable {
  private let kind = "meta-sgd"
  /// The value with which all rates begin.
  public var initialRate: Double

  /// Rates that begin with one value.
  public init(initialRate: Double) { self.initialRate = initialRate }

  /// α, of the shapes and under the names of the weights.
  public func initialParameters(
    for weights: Parameters<ShapedArray>, using generator: inout some RandomNumberGenerator
  ) -> Parameters<ShapedArray> {
    weights.map { ShapedArray(repeating: Float(initialRate), shape: $0.shape) }
  }

  /// θ − α ⊙ ∇L(θ).
  public func updated(
    _ step: InnerStep, from rates: Parameters<Tensor>, remembering memory: inout Void
  ) -> Parameters<Tensor> {
    step.weights - rates * step.gradient
  }
}
