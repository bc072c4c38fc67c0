import Tensors

/// What an inner loop did: the weights before, between and after its steps.
public struct Adaptation {
  /// All weights of the model: θ₀, θ₁, …, θ_T, adapted or not.
  public private(set) var trajectory: [Parameters<Tensor>]
  /// The support loss that each step descended, at the weights before it.
  public private(set) var supportLosses: [Tensor] = []

  /// An inner loop that has not begun.
  public init(from weights: Parameters<Tensor>) { trajectory = [weights] }

  /// The weights after the last step.
  public var weights: Parameters<Tensor> { trajectory[trajectory.count - 1] }

  /// θ_T − θ₀: where the inner loop led.
  public var displacement: Parameters<Tensor> { weights - trajectory[0] }

  /// Takes a step to new values of the adapted weights.
  public mutating func step(to adapted: Parameters<Tensor>, descending loss: Tensor) {
    // The next step asks for the gradient with respect to these very tensors.
    trajectory.append(weights.replacing(adapted.map { $0.asVariable() }))
    supportLosses.append(loss)
  }
}
