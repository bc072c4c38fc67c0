import Tensors

/// The backbone of R2-D2 in the form of MetaOptNet's code, which Goldblum and others took over.
///
/// Four blocks of 96, 192, 384 and 512 filters: convolution 3 × 3, batch normalisation, max-pooling
/// over 2 × 2, leaky ReLU of slope 0.1, none in the last. Dropout follows the third block (0.1)
/// and the fourth (0.3). Features are all numbers of the third block's maps, then of the fourth's:
/// 51,200 of 84 × 84 pixels, 8,192 of 32 × 32.
///
/// The leaky ReLU is taken before the pooling, with equal results since it is increasing. Filters
/// begin as PyTorch's do; their biases are left out, since the normalisation cancels them.
///
/// - Reference: Lee, Maji, Ravichandran and Soatto, "Meta-Learning with Differentiable Convex
///   Optimization", 2019, and its code. <https://arxiv.org/abs/1904.03758>
public struct R2D2Network: StagedBackbone, Hashable {
  static let stage = "block"
  private let kind = "r2-d2"
  /// The extents of one image: `[height, width, channels]`.
  public var imageShape: Shape
  /// The filters of the four blocks.
  public var widths: [Int]
  /// The dropout after blocks 3 and 4, if any.
  public var dropout: [Dropout]
  /// How images are scaled before the first block, if at all.
  public var scaling: ChannelScaling?
  /// The normalisation in each block.
  public var normalization = BatchNormalization()
  /// The function of the first three blocks.
  public var activation = Activation.leakyRelu(slope: 0.1)

  /// The published widths times a factor, rounded.
  public init(
    imageShape: Shape, widthFactor: Double = 1,
    dropout: [Dropout] = [.elements(rate: 0.1), .elements(rate: 0.3)],
    scaling: ChannelScaling? = nil
  ) {
    precondition(imageShape.rank == 3, "images are [height, width, channels], not \(imageShape)")
    precondition(dropout.isEmpty || dropout.count == 2, "blocks 3 and 4 may have dropout")
    self.imageShape = imageShape
    widths = Self.widths([96, 192, 384, 512], times: widthFactor)
    self.dropout = dropout
    self.scaling = scaling
  }

  private func block(_ number: Int) -> ConvolutionalBlock {
    ConvolutionalBlock(
      channels: channels(intoStage: number), filters: widths[number - 1],
      downsampling: .pooling(side: 2), padding: 1, hasBias: false, normalization: normalization,
      activation: number == 4 ? .identity : activation, initializer: .fanInUniform)
  }

  func dropout(afterStage number: Int) -> Dropout? {
    number < 3 || dropout.isEmpty ? nil : dropout[number - 3]
  }

  /// The numbers of the last two blocks' maps.
  public var features: Int {
    mapShape(afterStage: 3).reduce(1, *) + mapShape(afterStage: 4).reduce(1, *)
  }

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
    var maps: [Tensor] = [scaling.map { $0(x) } ?? x]
    for number in 1...4 {
      let name = name(ofStage: number)
      let own = weights.scope(name)
      let map = maps[number - 1].labelled(name) { x in
        let y = block(number)(x, own) {
          pass.normalized($0, by: normalization, own, layer: name)
        }
        return pass.thinned(y, layer: name)
      }
      maps.append(map)
    }
    return Embedding(
      features: .concatenated(maps.suffix(2).map { $0.flattened(from: 1) }, along: 1),
      statistics: pass.statistics)
  }
}
