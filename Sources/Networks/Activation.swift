import Tensors

/// The function between two layers.
public enum Activation: Codable, Hashable, Sendable {
  /// The argument itself.
  case identity
  /// max(x, 0).
  case relu
  /// x where positive, else slope · x.
  case leakyRelu(slope: Double)
  /// log(1 + eˣ): smooth, for tests by differences.
  case softplus
  /// The hyperbolic tangent.
  case tanh

  /// The function's value, element by element.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    switch self {
    case .identity: x
    case .relu: x.relu()
    case .leakyRelu(let slope): x.leakyRelu(slope)
    case .softplus: x.softplus()
    case .tanh: x.tanh()
    }
  }
}
