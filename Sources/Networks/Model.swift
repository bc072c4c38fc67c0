import Tensors

/// A function with weights: a pure one, that neither holds nor changes them.
///
/// A model is a description; its encoding is part of the name of every run that uses it. Models of
/// different types should therefore not encode alike.
public protocol Model: Encodable, Sendable {
  /// The weights that training begins with, drawn with the given generator.
  ///
  /// Names are paths of layer and role: `block1/filter`, `head/weight`. The last layer is `head`.
  func initialWeights(
    using generator: inout some RandomNumberGenerator
  ) -> Parameters<ShapedArray>

  /// The outputs for a batch of inputs, along the first axis of both.
  func callAsFunction(_ x: Tensor, _ weights: Parameters<Tensor>) -> Tensor
}
