import Tensors

/// ResNet-12 as in the code of MetaOptNet: four residual blocks, one for each stage.
///
/// 64, 160, 320 and 640 filters. A block is three convolutions 3 × 3, each with batch
/// normalisation, leaky ReLU of slope 0.1 after the first two; its input is added through a
/// convolution 1 × 1 with normalisation; leaky ReLU and max-pooling over 2 × 2 follow. Elements
/// drop out after the first two stages, blocks (``Dropout/blocks(rate:side:passes:)``) after the
/// others. Features are all numbers of the last maps: 16,000 of 84 × 84 pixels, 2,560 of 32 × 32.
///
/// - Reference: Lee, Maji, Ravichandran and Soatto, "Meta-Learning with Differentiable Convex
///   Optimization", 2019, section 4.1, and its code. <https://arxiv.org/abs/1904.03758>
public struct ResidualNetwork: StagedBackbone, Hashable {
  static let stage = "stage"
  private let kind = "residual network"
  /// The extents of one image: `[height, width, channels]`.
  public var imageShape: Shape
  /// The filters of the four stages.
  public var widths: [Int]
  /// The dropout after each stage, if any.
  public var dropout: [Dropout]
  /// How images are scaled before the first stage, if at all.
  public var scaling: ChannelScaling?
  /// The normalisation after each convolution.
  public var normalization = BatchNormalization()
  /// The function between layers.
  public var activation = Activation.leakyRelu(slope: 0.1)
  /// How filters are drawn.
  public var initializer = Initializer.heNormalByOutputs

  /// The published widths times a factor, rounded.
  ///
  /// `blockSide`: the side of DropBlock's squares, 5 for mini-ImageNet and 2 for CIFAR-FS;
  ///   nothing drops out without it.
  public init(
    imageShape: Shape, widthFactor: Double = 1, blockSide: Int?, scaling: ChannelScaling? = nil
  ) {
    precondition(imageShape.rank == 3, "images are [height, width, channels], not \(imageShape)")
    self.imageShape = imageShape
    widths = Self.widths([64, 160, 320, 640], times: widthFactor)
    dropout =
      blockSide.map { side in
        let blocks = Dropout.blocks(rate: 0.1, side: side, passes: 40_000)
        return [.elements(rate: 0.1), .elements(rate: 0.1), blocks, blocks]
      } ?? []
    self.scaling = scaling
  }

  private static let branches = ["layer1", "layer2", "layer3", "shortcut"]

  func dropout(afterStage number: Int) -> Dropout? {
    dropout.isEmpty ? nil : dropout[number - 1]
  }

  /// The numbers of the last stage's maps.
  public var features: Int { mapShape(afterStage: 4).reduce(1, *) }

  /// The filters, scales and shifts, as in `stage1/layer1/filter` and `stage1/shortcut/filter`.
  public func initialWeights(
    using generator: inout some RandomNumberGenerator
  ) -> Parameters<ShapedArray> {
    var weights = Parameters<ShapedArray>()
    for stage in 1...4 {
      let (inputs, filters) = (channels(intoStage: stage), widths[stage - 1])
      for layer in Self.branches {
        let side = layer == "shortcut" ? 1 : 3
        let channels = layer == "layer2" || layer == "layer3" ? filters : inputs
        let name = name(ofStage: stage) + "/" + layer
        weights[name + "/filter"] = initializer(
          [side, side, channels, filters], using: &generator)
        weights = weights.replacing(
          normalization.initialWeights(channels: filters, using: &generator).scoped(name))
      }
    }
    return weights
  }

  /// Means of zero and variances of one for each layer.
  public var initialStatistics: Parameters<ShapedArray> {
    initialStatistics(ofLayers: Self.branches.map { "/" + $0 })
  }

  /// The features of images.
  public func embedding(
    of x: Tensor, _ weights: Parameters<Tensor>, _ phase: Phase
  ) -> Embedding {
    var pass = ForwardPass(phase)
    var y = scaling.map { $0(x) } ?? x
    for stage in 1...4 {
      let name = name(ofStage: stage)
      y = y.labelled(name) { x in
        func layer(_ layer: String, _ x: Tensor) -> Tensor {
          let own = weights.scope("\(name)/\(layer)")
          let convolved = x.convolved(
            with: own["filter"], padding: layer == "shortcut" ? 0 : 1)
          return pass.normalized(
            convolved, by: normalization, own, layer: "\(name)/\(layer)")
        }
        let first = activation(layer("layer1", x))
        let second = activation(layer("layer2", first))
        let sum = layer("layer3", second) + layer("shortcut", x)
        return pass.thinned(activation(sum).maxPooled(side: 2), layer: name)
      }
    }
    return Embedding(features: y.flattened(from: 1), statistics: pass.statistics)
  }
}
