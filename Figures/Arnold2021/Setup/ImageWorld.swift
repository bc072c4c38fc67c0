import CommonSetup
import DataSets
import Experiments
import Networks
import Tensors

/// How large the world of the image experiments is at a budget.
///
/// At `paper` it is the paper's (section D; sizes and counts that it leaves out are those of the
/// published code); below, images are smaller and networks narrower, and training is shorter.
package struct ImageWorld: Sendable {
  /// The side of the images of each set.
  package var sides: PerSet<Int>
  /// The number of filters of each set's networks.
  package var filters: PerSet<Int>
  /// The numbers of convolutional layers.
  package var depths: [Int]
  /// The widths of LinNet after a CNN; the paper says two layers and no width.
  package var linNet: [Int]
  /// The widths of LinNet in front of softmax regression.
  package var linearLayers: [Int]
  /// The side of photographs for softmax regression.
  package var linearSide: Int
  /// The number of updates of a network, by set.
  package var iterations: PerSet<Int>
  /// The number of updates of a network whose head alone adapts, which cost less.
  package var headIterations: Int
  /// The number of updates of a linear model.
  package var linearIterations: Int
  /// The number of episodes of an update.
  package var batch: Int
  /// The same of a linear model.
  package var linearBatch: Int
  /// The same of a network whose head alone adapts.
  package var headBatch: Int
  /// The number of unseen episodes that judge.
  package var testEpisodes: Int
  /// The number of epochs among which validation chooses one; without validation the end is judged.
  package var epochs = 1
  /// The number of episodes of validation classes that choose.
  package var validationEpisodes = 0
  /// The number of episodes of validation classes that judge an adaptation rate.
  var trialEpisodes: Int { testEpisodes < 60 ? testEpisodes : 100 }
  package var rates: NetworkRates
  /// Whether convolutions have the bias that batch normalisation cancels.
  package var hasBias: Bool

  /// Five classes, five images of each to adapt to, five to answer, five inner steps.
  package static let (ways, shots, queries, steps) = (5, 5, 5, 5)

  /// The data sets, in the order of the paper's columns.
  package static let sets: [ImageSet] = [.omniglot, .cifarFS, .miniImageNet]

  /// The sets that networks learn at a budget: photographs would take a whole night by themselves, and
  /// are left to `paper`.
  package static func networkSets(within budget: Budget) -> [ImageSet] {
    budget == .overnight ? [.omniglot] : sets
  }

  /// The place of a set among the paper's columns.
  static func column(of set: ImageSet) -> Int {
    guard let column = sets.firstIndex(of: set) else {
      fatalError("the paper has no column of \(set.title)")
    }
    return column
  }

  package static func of(_ budget: Budget) -> ImageWorld { table[budget] }

  private static let table = BudgetTable(
    smoke:
      ImageWorld(
        sides: [.omniglot: 28, .cifarFS: 8, .miniImageNet: 16],
        filters: [.omniglot: 3, .cifarFS: 3, .miniImageNet: 3], depths: [2, 3], linNet: [4, 4],
        linearLayers: [8, 8, 8, 8], linearSide: 8,
        iterations: [.omniglot: 2, .cifarFS: 2, .miniImageNet: 2], headIterations: 4,
        linearIterations: 4, batch: 2, linearBatch: 2, headBatch: 2, testEpisodes: 4, rates: .paper,
        hasBias: false),
    standard:
      ImageWorld(
        sides: [.omniglot: 28, .cifarFS: 8, .miniImageNet: 16],
        filters: [.omniglot: 8, .cifarFS: 16, .miniImageNet: 8], depths: [2, 4],
        linNet: [16, 16], linearLayers: [64, 32, 32, 32], linearSide: 12,
        iterations: [.omniglot: 400, .cifarFS: 400, .miniImageNet: 250], headIterations: 700,
        linearIterations: 3_000, batch: 1, linearBatch: 3, headBatch: 4, testEpisodes: 60,
        rates: .searched(.standard), hasBias: false),
    overnight:
      ImageWorld(
        sides: [.omniglot: 28, .cifarFS: 12, .miniImageNet: 32],
        filters: [.omniglot: 16, .cifarFS: 16, .miniImageNet: 16], depths: [2, 4],
        linNet: [32, 32], linearLayers: [256, 128, 64, 64], linearSide: 32,
        iterations: [.omniglot: 20_000, .cifarFS: 20_000, .miniImageNet: 20_000],
        headIterations: 5_000, linearIterations: 5_000, batch: 1, linearBatch: 4, headBatch: 4,
        testEpisodes: 300, epochs: 8, validationEpisodes: 50, rates: .searched(.overnight),
        hasBias: false),
    paper:
      ImageWorld(
        sides: [.omniglot: 28, .cifarFS: 32, .miniImageNet: 84],
        filters: [.omniglot: 32, .cifarFS: 32, .miniImageNet: 64], depths: [2, 3, 4, 6],
        linNet: [64, 64], linearLayers: [256, 128, 64, 64], linearSide: 32,
        iterations: [.omniglot: 20_000, .cifarFS: 20_000, .miniImageNet: 20_000],
        headIterations: 20_000, linearIterations: 20_000, batch: 16, linearBatch: 16, headBatch: 16,
        testEpisodes: 600, epochs: 20, validationEpisodes: 100, rates: .paper, hasBias: true))

  /// CNN(X) in a data set's form.
  ///
  /// Omniglot: stride 2 and the mean of the last map. CIFAR-FS: stride 1, nothing made smaller, and
  /// the mean of the last map. mini-ImageNet: windows of side 2⌊4/X⌋, flattened; that would be 0 for
  /// six layers, where the first four blocks halve the images and the last two leave them.
  package func network(_ set: ImageSet, depth: Int) -> ConvolutionalNetwork {
    let side = sides[set]
    var network = ConvolutionalNetwork(
      imageShape: [side, side, set == .omniglot ? 1 : 3], ways: Self.ways, depth: depth,
      filters: filters[set], downsampling: Self.downsampling(set, depth: depth))
    network.hasBias = hasBias
    network.normalization.scaleInitializer = .uniform(0...1)
    switch set {
    case .omniglot:
      network.headInput = .mean
      network.headInitializer = .normal(deviation: 1)
    case .cifarFS: network.headInput = .mean
    default: if depth > 4 { network.downsamplingBlocks = 4 }
    }
    return network
  }

  private static func downsampling(_ set: ImageSet, depth: Int) -> Downsampling {
    switch set {
    case .omniglot: .stride(2)
    case .cifarFS: .none
    default: .pooling(side: max(4 / depth, 1) * 2)
    }
  }

  /// Softmax regression, as it is or with linear layers before it.
  package func linearModel(_ set: ImageSet, isDeep: Bool) -> LinearNetwork {
    let side = set == .omniglot ? 28 : linearSide
    let inputs = side * side * (set == .omniglot ? 1 : 3)
    return LinearNetwork(widths: [inputs] + (isDeep ? linearLayers : []) + [Self.ways])
  }
}
