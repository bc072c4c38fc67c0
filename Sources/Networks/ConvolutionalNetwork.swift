import Tensors

/// What the last layer of a convolutional network sees of the images before it.
public enum Pooling: String, Codable, Sendable {
  /// All numbers of an image, rows first, channels last.
  case flattened
  /// The mean over an image's places.
  case mean
}

/// Conv-N: equal blocks of convolution, batch normalisation and activation, then a linear head.
///
/// Conv-4 is the network of most few-shot papers, in two forms: with stride 2 and 64 filters for
/// Omniglot, with max-pooling for mini-ImageNet. Weights are named `block1/filter`, `block1/scale`,
/// `block1/shift`, …, `head/weight` and `head/bias`; with ``linearWidths`` also `head/linear1/weight`
/// and so on, and with ``transform`` also `block1/transform` and `head/transform`.
///
/// - Reference: Finn, Abbeel and Levine, "Model-Agnostic Meta-Learning", 2017, section 5.2.
///   <https://arxiv.org/abs/1703.03400>
public struct ConvolutionalNetwork: Model, Hashable {
  private let kind = "convolutional network"
  /// The extents of one image: `[height, width, channels]`.
  public var imageShape: Shape
  /// The number of classes that the head tells apart.
  public var ways: Int
  /// The number of blocks.
  public var depth: Int
  /// The number of filters of each block.
  public var filters: Int
  /// How each block makes the images smaller.
  public var downsampling: Downsampling
  /// The rows and columns of zeros around each image.
  public var padding = 1
  /// Whether convolutions have a bias, which batch normalisation cancels.
  public var hasBias = false
  /// The normalisation in each block.
  public var normalization = BatchNormalization()
  /// The function after each normalisation.
  public var activation = Activation.relu
  /// What the head sees.
  public var headInput = Pooling.flattened
  /// How many blocks, from the first one on, make the images smaller; by default all.
  public var downsamplingBlocks: Int?
  /// The widths of linear layers between the features and the last one (LinNet), if there are any.
  ///
  /// They are part of the head.
  public var linearWidths: [Int]?
  /// What follows each layer's own map, if anything.
  public var transform: LayerTransform?
  /// How filters are drawn.
  public var filterInitializer = Initializer.glorotUniform
  /// How the head is drawn.
  public var headInitializer = Initializer.glorotUniform

  /// A network of the given depth and width.
  public init(
    imageShape: Shape, ways: Int, depth: Int = 4, filters: Int, downsampling: Downsampling
  ) {
    precondition(imageShape.rank == 3, "images are [height, width, channels], not \(imageShape)")
    precondition(ways > 0 && depth > 0 && filters > 0, "ways, depth and filters are positive")
    self.imageShape = imageShape
    self.ways = ways
    self.depth = depth
    self.filters = filters
    self.downsampling = downsampling
  }

  /// Conv-4 for Omniglot: 64 filters and stride 2.
  public static func omniglot(
    ways: Int, imageShape: Shape = [28, 28, 1], filters: Int = 64
  ) -> ConvolutionalNetwork {
    ConvolutionalNetwork(
      imageShape: imageShape, ways: ways, filters: filters, downsampling: .stride(2))
  }

  /// Conv-4 for mini-ImageNet: max-pooling over 2 × 2 places.
  public static func miniImageNet(
    ways: Int, imageShape: Shape = [84, 84, 3], filters: Int = 48
  ) -> ConvolutionalNetwork {
    ConvolutionalNetwork(
      imageShape: imageShape, ways: ways, filters: filters, downsampling: .pooling(side: 2))
  }

  private func block(_ number: Int) -> ConvolutionalBlock {
    ConvolutionalBlock(
      channels: number == 1 ? imageShape[2] : filters, filters: filters,
      downsampling: number <= downsamplingBlocks ?? depth ? downsampling : .none,
      padding: padding, hasBias: hasBias, normalization: normalization, activation: activation,
      initializer: filterInitializer, transform: transform)
  }

  /// The number of features that the head sees.
  public var features: Int {
    if headInput == .mean { return filters }
    var (height, width) = (imageShape[0], imageShape[1])
    for number in 1...depth {
      (height, width) = (block(number).side(after: height), block(number).side(after: width))
      precondition(
        height > 0 && width > 0, "images of \(imageShape) are too small for \(number) blocks")
    }
    return height * width * filters
  }

  private var head: LinearNetwork {
    LinearNetwork(
      widths: [features] + (linearWidths ?? []) + [ways], initializer: headInitializer)
  }

  /// The weights of all blocks and of the head before training.
  public func initialWeights(
    using generator: inout some RandomNumberGenerator
  ) -> Parameters<ShapedArray> {
    var weights = Parameters<ShapedArray>()
    for number in 1...depth {
      let part = block(number).initialWeights(using: &generator)
      weights = weights.replacing(part.scoped("block\(number)"))
    }
    weights = weights.replacing(head.layerWeights(using: &generator).scoped("head"))
    if transform != nil { weights["head/transform"] = .identity(ways) }
    return weights
  }

  /// What the head sees of images `[n, height, width, channels]`: `[n, features]`.
  public func embedding(of x: Tensor, _ weights: Parameters<Tensor>) -> Tensor {
    var y = x
    for number in 1...depth {
      let name = "block\(number)"
      y = y.labelled(name) { block(number)($0, weights.scope(name)) }
    }
    return headInput == .mean ? y.mean(along: 1, 2) : y.flattened(from: 1)
  }

  /// The logits `[n, ways]` of images `[n, height, width, channels]`.
  public func callAsFunction(_ x: Tensor, _ weights: Parameters<Tensor>) -> Tensor {
    embedding(of: x, weights).labelled("head") {
      let logits = head.outputs(for: $0, with: weights.scope("head"))
      return transform == nil ? logits : logits.matmul(weights["head/transform"])
    }
  }
}
