import Tensors

/// The inner step of MAML: θ′ = θ − α ∇L(θ), with one rate that stays as it is.
public struct GradientDescent: UpdateRule, Hashable {
  private let kind = "gradient descent"
  /// α.
  public var rate: Double

  /// Descent with a rate.
  public init(rate: Double) { self.rate = rate }

  /// θ − α ∇L(θ).
  public func updated(
    _ step: InnerStep, from meta: Parameters<Tensor>, remembering memory: inout Void
  ) -> Parameters<Tensor> {
    step.weights - rate * step.gradient
  }
}
