import Tensors

/// A backbone with a linear head as one function, all of whose weights can be fine-tuned.
///
/// Layers normalise by the batch at hand, and nothing drops out. The head begins with zeros, so that
/// no class is preferred before the first step.
public struct BackboneClassifier<Net: Backbone>: Model {
  private let kind = "\(Self.self)"
  /// What makes features.
  public var backbone: Net
  /// The number of classes.
  public var ways: Int

  /// A backbone with a head for so many classes.
  public init(_ backbone: Net, ways: Int) { (self.backbone, self.ways) = (backbone, ways) }

  private var head: Dense {
    Dense(inputs: backbone.features, outputs: ways, initializer: .constant(0))
  }

  /// The backbone's weights, and the head's below `head`.
  public func initialWeights(
    using generator: inout some RandomNumberGenerator
  ) -> Parameters<ShapedArray> {
    let body = backbone.initialWeights(using: &generator)
    return body.replacing(head.initialWeights(using: &generator).scoped("head"))
  }

  /// The logits of images.
  public func callAsFunction(_ x: Tensor, _ weights: Parameters<Tensor>) -> Tensor {
    let features = backbone.embedding(of: x, weights, .training(masks: Parameters())).features
    return features.labelled("head") { head($0, weights.scope("head")) }
  }
}
