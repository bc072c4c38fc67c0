import Tensors

/// How a block makes its images smaller.
public enum Downsampling: Codable, Hashable, Sendable {
  /// Not at all.
  case none
  /// Every so many-th place of the convolution.
  case stride(Int)
  /// Maxima over windows that do not overlap, after the activation.
  case pooling(side: Int)
}

/// What follows each layer's own map and is learned by the outer loop alone.
public enum LayerTransform: String, Codable, Sendable {
  /// A linear map of the channels that begins at the identity: T of T-Nets.
  case linear
}

/// A convolution with filters of 3 × 3, batch normalisation and an activation.
///
/// There is no bias unless asked for: the mean that batch normalisation subtracts would cancel it.
public struct ConvolutionalBlock: Model, Hashable {
  /// The number of channels that come in.
  public var channels: Int
  /// The number of filters, which are the channels that go out.
  public var filters: Int
  /// How the images become smaller.
  public var downsampling: Downsampling
  /// The rows and columns of zeros around each image.
  public var padding: Int
  /// Whether a number is added to each channel of the convolution.
  public var hasBias: Bool
  /// The normalisation after the convolution.
  public var normalization: BatchNormalization
  /// The function after the normalisation.
  public var activation: Activation
  /// How the filters are drawn.
  public var initializer: Initializer
  /// What stands between the convolution and the normalisation, if anything.
  public var transform: LayerTransform?

  package init(
    channels: Int, filters: Int, downsampling: Downsampling, padding: Int, hasBias: Bool,
    normalization: BatchNormalization, activation: Activation, initializer: Initializer,
    transform: LayerTransform? = nil
  ) {
    self.channels = channels
    self.filters = filters
    self.downsampling = downsampling
    self.padding = padding
    self.hasBias = hasBias
    self.normalization = normalization
    self.activation = activation
    self.initializer = initializer
    self.transform = transform
  }

  /// The side of the filters.
  public static let filterSide = 3

  var stride: Int { if case .stride(let stride) = downsampling { stride } else { 1 } }

  /// The side of the images that come out, of those that come in; not positive if there are none.
  func side(after side: Int) -> Int {
    let convolved = (side + 2 * padding - Self.filterSide) / stride + 1
    if case .pooling(let window) = downsampling { return convolved / window }
    return convolved
  }

  /// The filters `[3, 3, channels, filters]` and the normalisation's weights before training.
  public func initialWeights(
    using generator: inout some RandomNumberGenerator
  ) -> Parameters<ShapedArray> {
    let shape: Shape = [Self.filterSide, Self.filterSide, channels, filters]
    var weights = Parameters(names: ["filter"], leaves: [initializer(shape, using: &generator)])
    if hasBias { weights["bias"] = .zeros([filters]) }
    if transform != nil { weights["transform"] = .identity(filters) }
    return weights.replacing(
      normalization.initialWeights(channels: filters, using: &generator))
  }

  /// The images `[n, height, width, filters]` made of images `[n, height, width, channels]`.
  public func callAsFunction(_ x: Tensor, _ weights: Parameters<Tensor>) -> Tensor {
    callAsFunction(x, weights) { normalization($0, weights) }
  }

  /// The same with a normalisation by other moments than the batch's own.
  func callAsFunction(
    _ x: Tensor, _ weights: Parameters<Tensor>, normalized: (Tensor) -> Tensor
  ) -> Tensor {
    var y = x.convolved(with: weights["filter"], stride: stride, padding: padding)
    if hasBias { y = y + weights["bias"] }
    if transform != nil {
      y = y.reshaped(to: [y.shape.count / filters, filters]).matmul(weights["transform"])
        .reshaped(to: y.shape)
    }
    y = activation(normalized(y))
    if case .pooling(let side) = downsampling { y = y.maxPooled(side: side) }
    return y
  }
}
