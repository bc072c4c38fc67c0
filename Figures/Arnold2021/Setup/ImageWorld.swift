import Experiments
import Networks
import Tensors

/// How large the world of the image experiments is at a budget.
///
/// At `paper` it is the paper's (section D; sizes and counts that it leaves out are those of the
/// published code); below, images are smaller and networks narrower, and training is shorter.
public struct ImageWorld: Sendable {
  /// The side of the images of each set.
  public var sides: [ImageSet: Int]
  /// The number of filters of each set's networks.
  public var filters: [ImageSet: Int]
  /// The numbers of convolutional layers.
  public var depths: [Int]
  /// The widths of LinNet after a CNN; the paper says two layers and no width.
  public var linNet: [Int]
  /// The widths of LinNet in front of softmax regression.
  public var linearLayers: [Int]
  /// The side of photographs for softmax regression.
  public var linearSide: Int
  /// The number of updates of a network.
  public var iterations: Int
  /// The number of updates of a network whose head alone adapts, which cost less.
  public var headIterations: Int
  /// The number of updates of a linear model.
  public var linearIterations: Int
  /// The number of episodes of an update.
  public var batch: Int
  /// The number of unseen episodes that judge.
  public var testEpisodes: Int
  /// The number of epochs among which validation chooses one; without validation the end is judged.
  public var epochs = 1
  /// The number of episodes of validation classes that choose.
  public var validationEpisodes = 0
  /// The meta-rate of all networks; without one, each has that of Table D.7.
  public var metaRate: Double?
  /// A factor on the adaptation rates of networks: a head with fewer features moves its outputs less
  /// at the same rate.
  public var stride = 1.0
  /// Whether convolutions have the bias that batch normalisation cancels.
  public var hasBias: Bool

  /// Five classes, five images of each to adapt to, five to answer, five inner steps.
  public static let (ways, shots, queries, steps) = (5, 5, 5, 5)

  /// The world of a budget.
  public static func of(_ budget: Budget) -> ImageWorld {
    switch budget {
    case .smoke:
      ImageWorld(
        sides: [.omniglot: 28, .cifarFS: 8, .miniImageNet: 16],
        filters: [.omniglot: 3, .cifarFS: 3, .miniImageNet: 3], depths: [2, 3], linNet: [4, 4],
        linearLayers: [8, 8, 8, 8], linearSide: 8, iterations: 2, headIterations: 4,
        linearIterations: 4, batch: 2,
        testEpisodes: 4, hasBias: false)
    case .standard:
      ImageWorld(
        sides: [.omniglot: 28, .cifarFS: 10, .miniImageNet: 16],
        filters: [.omniglot: 8, .cifarFS: 8, .miniImageNet: 8], depths: [2, 4],
        linNet: [16, 16], linearLayers: [64, 32, 32, 32], linearSide: 12, iterations: 120,
        headIterations: 840,
        linearIterations: 3_000, batch: 3, testEpisodes: 60, metaRate: 0.01, hasBias: false)
    case .overnight:
      ImageWorld(
        sides: [.omniglot: 28, .cifarFS: 16, .miniImageNet: 32],
        filters: [.omniglot: 16, .cifarFS: 16, .miniImageNet: 16], depths: [2, 3, 4, 6],
        linNet: [32, 32], linearLayers: [256, 128, 64, 64], linearSide: 32, iterations: 600,
        headIterations: 2_400,
        linearIterations: 10_000, batch: 8, testEpisodes: 300, hasBias: false)
    case .paper:
      ImageWorld(
        sides: [.omniglot: 28, .cifarFS: 32, .miniImageNet: 84],
        filters: [.omniglot: 32, .cifarFS: 32, .miniImageNet: 64], depths: [2, 3, 4, 6],
        linNet: [64, 64], linearLayers: [256, 128, 64, 64], linearSide: 32, iterations: 20_000,
        headIterations: 20_000,
        linearIterations: 20_000, batch: 16, testEpisodes: 600, hasBias: true)
    }
  }

  /// CNN(X) in a data set's form.
  ///
  /// Omniglot: stride 2 and the mean of the last map. CIFAR-FS: stride 1, nothing made smaller, and
  /// the mean of the last map. mini-ImageNet: windows of side 2⌊4/X⌋, flattened; that would be 0 for
  /// six layers, where the first four blocks halve the images and the last two leave them.
  public func network(_ set: ImageSet, depth: Int) -> ConvolutionalNetwork {
    let side = sides[set] ?? 28
    var network = ConvolutionalNetwork(
      imageShape: [side, side, set == .omniglot ? 1 : 3], ways: Self.ways, depth: depth,
      filters: filters[set] ?? 32, downsampling: Self.downsampling(set, depth: depth))
    network.hasBias = hasBias
    network.normalization.scaleInitializer = .uniform(0...1)
    switch set {
    case .omniglot:
      network.headInput = .mean
      network.headInitializer = .normal(deviation: 1)
    case .cifarFS: network.headInput = .mean
    case .miniImageNet: if depth > 4 { network.downsamplingBlocks = 4 }
    }
    return network
  }

  private static func downsampling(_ set: ImageSet, depth: Int) -> Downsampling {
    switch set {
    case .omniglot: .stride(2)
    case .cifarFS: .none
    case .miniImageNet: .pooling(side: max(4 / depth, 1) * 2)
    }
  }

  /// Softmax regression, as it is or with linear layers before it.
  public func linearModel(_ set: ImageSet, isDeep: Bool) -> LinearNetwork {
    let side = set == .omniglot ? 28 : linearSide
    let inputs = side * side * (set == .omniglot ? 1 : 3)
    return LinearNetwork(widths: [inputs] + (isDeep ? linearLayers : []) + [Self.ways])
  }
}
