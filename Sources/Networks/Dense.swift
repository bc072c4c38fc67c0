import Tensors

/// A linear layer: y = xW + b, with `weight` of shape `[inputs, outputs]` and `bias` `[outputs]`.
public struct Dense: Model, Hashable {
  /// The number of inputs.
  public var inputs: Int
  /// The number of outputs.
  public var outputs: Int
  /// How W is drawn; b begins with zeros.
  public var initializer: Initializer

  /// A layer from so many inputs to so many outputs.
  public init(inputs: Int, outputs: Int, initializer: Initializer = .glorotUniform) {
    precondition(inputs > 0 && outputs > 0, "a layer has inputs and outputs")
    self.inputs = inputs
    self.outputs = outputs
    self.initializer = initializer
  }

  /// W and b before training.
  public func initialWeights(
    using generator: inout some RandomNumberGenerator
  ) -> Parameters<ShapedArray> {
    Parameters(
      names: ["weight", "bias"],
      leaves: [initializer([inputs, outputs], using: &generator), .zeros([outputs])])
  }

  /// The outputs `[n, outputs]` for the inputs `[n, inputs]`.
  public func callAsFunction(_ x: Tensor, _ weights: Parameters<Tensor>) -> Tensor {
    x.matmul(weights["weight"]) + weights["bias"]
  }
}
