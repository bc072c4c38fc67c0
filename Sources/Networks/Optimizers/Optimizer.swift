import Tensors

/// How a gradient becomes a change of weights: a pure function of both and of a state.
public protocol Optimizer: Encodable, Sendable {
  /// The state before the first update.
  func initialState(for weights: Parameters<ShapedArray>) -> Parameters<ShapedArray>

  /// The weights and the state after an update.
  ///
  /// The learning rate is a scalar tensor, so that a schedule may change it.
  func updated(
    _ weights: Parameters<Tensor>, along gradient: Parameters<Tensor>,
    state: Parameters<Tensor>, rate: Tensor
  ) -> Pair<Parameters<Tensor>, Parameters<Tensor>>
}

extension Parameters where Leaf == ShapedArray {
  /// Zeros of the same shapes under the same names.
  package var zeros: Parameters { map { .zeros($0.shape) } }
}
