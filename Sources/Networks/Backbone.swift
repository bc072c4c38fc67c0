import Tensors

/// A network without a head: images become features, and a head makes something of those.
///
/// Unlike a ``Model``, it does one thing while it is trained and another while it answers: batch
/// normalisation takes the batch's own statistics or the running ones, and masks drop features or
/// nothing does. Both are arguments, so that a backbone is as pure as a model: statistics of a batch
/// are results, which a training loop folds into running ones; masks are drawn outside.
public protocol Backbone: Encodable, Sendable {
  /// The extents of one image: `[height, width, channels]`.
  var imageShape: Shape { get }

  /// The number of features of an image.
  var features: Int { get }

  /// The weights that training begins with, drawn with the given generator.
  ///
  /// Names are paths of layer and role, such as `block1/filter`; none begins with `head`.
  func initialWeights(
    using generator: inout some RandomNumberGenerator
  ) -> Parameters<ShapedArray>

  /// The running statistics before training: `block1/mean`, zeros, and `block1/variance`, ones.
  var initialStatistics: Parameters<ShapedArray> { get }

  /// What a training pass over some images is thinned out with: factors of zero or above one.
  ///
  /// `passes`: how many training passes went before, for rates that grow.
  func masks(
    forImages count: Int, afterPasses passes: Int,
    using generator: inout some RandomNumberGenerator
  ) -> Parameters<ShapedArray>

  /// The features `[n, features]` of images `[n, height, width, channels]` with values in [0, 1].
  func embedding(
    of x: Tensor, _ weights: Parameters<Tensor>, _ phase: Phase
  ) -> Embedding
}

/// Whether a network is being trained or answers.
public enum Phase {
  /// Normalisation by the batch at hand; features are multiplied by masks.
  case training(masks: Parameters<Tensor>)
  /// Normalisation by running statistics; nothing is dropped.
  case answering(statistics: Parameters<Tensor>)
}

/// What a backbone makes of images.
public struct Embedding {
  /// The features, `[n, features]`.
  public var features: Tensor
  /// While training, the mean and the unbiased variance of every normalised channel, under the
  /// names of ``Backbone/initialStatistics``; none while answering.
  public var statistics: Parameters<Tensor>

  /// Features with the statistics noted on the way.
  public init(features: Tensor, statistics: Parameters<Tensor>) {
    self.features = features
    self.statistics = statistics
  }
}

extension Backbone {
  /// The features while answering.
  public func features(
    of x: Tensor, _ weights: Parameters<Tensor>, statistics: Parameters<Tensor>
  ) -> Tensor {
    embedding(of: x, weights, .answering(statistics: statistics)).features
  }
}
