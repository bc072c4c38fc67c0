import Tensors

/// Batch normalisation with the statistics of the batch at hand.
///
/// y = γ (x − μ)/√(σ² + ε) + β, with μ and the biased variance σ² of each channel over examples,
/// rows and columns. In an episode, support and query each use their own statistics, while adapting
/// and while answering alike (the transductive form of every public code of the MAML family).
/// Extractors that stay as they are while a head is fitted (``Backbone``) answer with running
/// statistics instead.
///
/// - Reference: Ioffe and Szegedy, "Batch Normalization", 2015. <https://arxiv.org/abs/1502.03167>
public struct BatchNormalization: Codable, Hashable, Sendable {
  /// ε: 10⁻⁵ in PyTorch, 10⁻³ in TensorFlow and so in the code of MAML.
  public var epsilon: Double
  /// Whether there is a γ (`scale`); a β (`shift`) there is always.
  public var hasScale: Bool
  /// How γ is drawn; β begins with zeros.
  public var scaleInitializer: Initializer

  /// A normalisation; with the defaults, that of PyTorch.
  public init(
    epsilon: Double = 1e-5, hasScale: Bool = true, scaleInitializer: Initializer = .constant(1)
  ) {
    self.epsilon = epsilon
    self.hasScale = hasScale
    self.scaleInitializer = scaleInitializer
  }

  /// γ and β for a number of channels, before training.
  func initialWeights(
    channels: Int, using generator: inout some RandomNumberGenerator
  ) -> Parameters<ShapedArray> {
    var weights = Parameters<ShapedArray>()
    if hasScale { weights["scale"] = scaleInitializer([channels], using: &generator) }
    weights["shift"] = .zeros([channels])
    return weights
  }

  /// The normalised images; the channels are the last of the axes `[n, height, width, channels]`.
  public func callAsFunction(_ x: Tensor, _ weights: Parameters<Tensor>) -> Tensor {
    normalized(x, by: ChannelMoments(of: x), weights)
  }

  /// The images normalised by given moments, whether their own or others'.
  func normalized(
    _ x: Tensor, by moments: ChannelMoments, _ weights: Parameters<Tensor>
  ) -> Tensor {
    let centred = x - moments.mean
    let precision = (moments.variance + epsilon).reciprocalSquareRoot()
    // One factor per channel, so that an image is passed over once.
    let factor = hasScale ? precision * weights["scale"] : precision
    return centred * factor + weights["shift"]
  }
}

/// μ and the biased variance σ² of every channel, over examples, rows and columns.
struct ChannelMoments {
  var mean: Tensor
  var variance: Tensor

  /// Given moments.
  init(mean: Tensor, variance: Tensor) {
    self.mean = mean
    self.variance = variance
  }

  /// The moments of images `[n, height, width, channels]`, as `[1, 1, 1, channels]`.
  init(of x: Tensor) {
    mean = x.mean(along: 0, 1, 2, keepingAxes: true)
    variance = (x - mean).squared().mean(along: 0, 1, 2, keepingAxes: true)
  }
}
