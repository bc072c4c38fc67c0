import Tensors

/// Gradient descent with momentum, in the form of PyTorch.
///
/// v ← μv + g + λθ and θ ← θ − ηv; with Nesterov's momentum, θ ← θ − η(g + λθ + μv).
public struct SGD: Optimizer, Hashable {
  private let kind = "sgd"
  /// μ.
  public var momentum: Double
  /// Whether the step looks ahead along the velocity.
  public var isNesterov: Bool
  /// λ.
  public var weightDecay: Double

  /// Gradient descent; plain with the defaults.
  public init(momentum: Double = 0, isNesterov: Bool = false, weightDecay: Double = 0) {
    self.momentum = momentum
    self.isNesterov = isNesterov
    self.weightDecay = weightDecay
  }

  /// A velocity of zero if there is momentum, else nothing.
  public func initialState(for weights: Parameters<ShapedArray>) -> Parameters<ShapedArray> {
    momentum == 0 ? Parameters() : weights.zeros.scoped("velocity")
  }

  /// The weights and the velocity after a step.
  public func updated(
    _ weights: Parameters<Tensor>, along gradient: Parameters<Tensor>,
    state: Parameters<Tensor>, rate: Tensor
  ) -> Pair<Parameters<Tensor>, Parameters<Tensor>> {
    let slope = weightDecay == 0 ? gradient : gradient + weightDecay * weights
    guard momentum != 0 else { return Pair(weights - rate * slope, state) }
    let velocity = momentum * state.scope("velocity") + slope
    let step = isNesterov ? slope + momentum * velocity : velocity
    return Pair(weights - rate * step, velocity.scoped("velocity"))
  }
}
