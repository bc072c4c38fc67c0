import Tensors

/// Adam with bias correction: θ ← θ − η m̂/(√v̂ + ε).
///
/// m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², m̂ = m/(1 − β₁ᵗ), v̂ = v/(1 − β₂ᵗ) (Algorithm 1).
/// 1 − βᵗ is kept as the same average of ones, c ← βc + (1 − β), which needs no power and loses no
/// digits in single precision.
///
/// - Reference: Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2015.
///   <https://arxiv.org/abs/1412.6980>
public struct Adam: Optimizer, Hashable {
  private let kind = "adam"
  /// β₁, of the average of gradients.
  public var meanDecay: Double
  /// β₂, of the average of squares.
  public var squareDecay: Double
  /// ε.
  public var epsilon: Double

  /// Adam with the constants of the paper unless told otherwise.
  public init(meanDecay: Double = 0.9, squareDecay: Double = 0.999, epsilon: Double = 1e-8) {
    self.meanDecay = meanDecay
    self.squareDecay = squareDecay
    self.epsilon = epsilon
  }

  /// Averages of zero: `mean/…`, `square/…`, and those of ones, `mean-weight`, `square-weight`.
  public func initialState(for weights: Parameters<ShapedArray>) -> Parameters<ShapedArray> {
    var state = weights.zeros.scoped("mean").replacing(weights.zeros.scoped("square"))
    state["mean-weight"] = ShapedArray(0)
    state["square-weight"] = ShapedArray(0)
    return state
  }

  /// The weights and the averages after a step.
  public func updated(
    _ weights: Parameters<Tensor>, along gradient: Parameters<Tensor>,
    state: Parameters<Tensor>, rate: Tensor
  ) -> Pair<Parameters<Tensor>, Parameters<Tensor>> {
    let mean = meanDecay * state.scope("mean") + (1 - meanDecay) * gradient
    let square = squareDecay * state.scope("square") + (1 - squareDecay) * (gradient * gradient)
    let meanWeight = meanDecay * state["mean-weight"] + (1 - meanDecay)
    let squareWeight = squareDecay * state["square-weight"] + (1 - squareDecay)
    let factor = rate / meanWeight
    let spread = squareWeight.reciprocalSquareRoot()
    let step = mean.zip(square) { m, v in (factor * m) / (spread * v.squareRoot() + epsilon) }
    var newState = mean.scoped("mean").replacing(square.scoped("square"))
    newState["mean-weight"] = meanWeight
    newState["square-weight"] = squareWeight
    return Pair(weights - step, newState)
  }
}
