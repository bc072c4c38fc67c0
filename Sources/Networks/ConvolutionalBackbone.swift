import Tensors

/// Conv-4 without its head: the backbone of ProtoNet, with running statistics to answer by.
///
/// Four blocks of equal width: convolution 3 × 3, batch normalisation, ReLU, max-pooling over
/// 2 × 2. Features are all numbers of the last maps: 1,600 of 84 × 84 pixels with 64 filters.
/// The body is that of ``ConvolutionalNetwork``, under the same names.
///
/// - Reference: Snell, Swersky and Zemel, "Prototypical Networks for Few-shot Learning", 2017,
///   section 3. <https://arxiv.org/abs/1703.05175>
public struct ConvolutionalBackbone: StagedBackbone, Hashable {
  static let stage = "block"
  private let kind = "conv-4"
  /// The extents of one image: `[height, width, channels]`.
  public var imageShape: Shape
  /// The filters of every block.
  public var filters: Int
  /// How images are scaled before the first block, if at all.
  public var scaling: ChannelScaling?
  /// The normalisation in each block.
  public var normalization = BatchNormalization()
  /// How filters are drawn.
  public var initializer = Initializer.heNormalByOutputs

  /// Four blocks of so many filters.
  public init(imageShape: Shape, filters: Int = 64, scaling: ChannelScaling? = nil) {
    precondition(imageShape.rank == 3, "images are [height, width, channels], not \(imageShape)")
    precondition(filters > 0, "a block has a filter")
    self.imageShape = imageShape
    self.filters = filters
    self.scaling = scaling
  }

  var widths: [Int] { [Int](repeating: filters, count: 4) }

  private func block(_ number: Int) -> ConvolutionalBlock {
    ConvolutionalBlock(
      channels: channels(intoStage: number), filters: filters, downsampling: .pooling(side: 2),
      padding: 1, hasBias: false, normalization: normalization, activation: .relu,
      initializer: initializer)
  }

  func dropout(afterStage number: Int) -> Dropout? { nil }

  /// The numbers of the last block's maps.
  public var features: Int { mapShape(afterStage: 4).reduce(1, *) }

  /// The filters, scales and shifts of all blocks before training.
  public func initialWeights(
    using generator: inout some RandomNumberGenerator
  ) -> Parameters<ShapedArray> {
    (1...4).reduce(into: Parameters<ShapedArray>()) { weights, number in
      let part = block(number).initialWeights(using: &generator)
      weights = weights.replacing(part.scoped(name(ofStage: number)))
    }
  }

  /// Means of zero and variances of one for each block.
  public var initialStatistics: Parameters<ShapedArray> { initialStatistics(ofLayers: [""]) }

  /// The features of images.
  public func embedding(
    of x: Tensor, _ weights: Parameters<Tensor>, _ phase: Phase
  ) -> Embedding {
    var pass = ForwardPass(phase)
    var y = scaling.map { $0(x) } ?? x
    for number in 1...4 {
      let name = name(ofStage: number)
      let own = weights.scope(name)
      y = y.labelled(name) { x in
        block(number)(x, own) { pass.normalized($0, by: normalization, own, layer: name) }
      }
    }
    return Embedding(features: y.flattened(from: 1), statistics: pass.statistics)
  }
}
