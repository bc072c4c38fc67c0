import CommonSetup
import DataSets
import Experiments
import Networks
import Training

/// What the image experiments of section 3.5.3 are done with, for each budget.
///
/// The paper budget is the protocol of the text and of the authors' code, but for the departures
/// that ``ImageTable`` lists; the others are smaller worlds.
package struct ImageProtocol: Sendable {
  /// The side of the images.
  package var side: Int
  /// The zeros around the images of every block; none in the paper, which small images cannot do.
  package var padding: Int
  /// The number of blocks.
  package var depth: Int
  package var filters: Int
  /// The number of training episodes, by shots.
  package var tasks: [Int: Int]
  /// The number of epochs among which validation chooses.
  package var epochs: Int
  package var validationTasks: Int
  package var testTasks: Int
  /// MAML's meta-batch, by shots.
  package var mamlBatch: [Int: Int]
  /// MAML's inner rate.
  package var mamlRate: Double
  /// Adam's rate outside.
  package var metaRate: Double
  /// The steps of Adam on a support set without meta-learning, and their rate.
  package var headSteps: Int
  package var headRate: Double
  /// T and units of the meta-learner LSTM, by shots; the enhanced one has eight steps.
  package var lstmSteps: [Int: Int]
  package var enhancedSteps: Int
  package var lstmUnits: Int
  /// The sets that methods are trained on in Table 3.1.
  package var sets: [ImageSet]
  /// The sets that methods are trained on in Table 3.4.
  package var crossDomainSets = Self.bothSets
  /// The columns of Table 3.4, by their numbers of support images.
  package var crossDomainShots = Self.shots
  package var methods: [ImageMethod]

  /// Five classes, 15 queries of each, T = 5 of MAML and TURTLE.
  package static let (ways, queries, steps) = (5, 15, 5)
  /// The numbers of support images of each class.
  package static let shots = [1, 5]
  /// The two sets, in the order of the paper's columns.
  package static let bothSets: [ImageSet] = [.miniImageNet, .cub]
  package static let classifierBatch = 16

  package static func of(_ budget: Budget) -> ImageProtocol { table[budget] }

  private static let table = BudgetTable(
    smoke: ImageProtocol(
      side: 12, padding: 1, depth: 2, filters: 3, tasks: [1: 8, 5: 4], epochs: 2,
      validationTasks: 2, testTasks: 3, mamlBatch: [1: 2, 5: 1], mamlRate: 0.1, metaRate: 0.003,
      headSteps: 3, headRate: 0.01, lstmSteps: [1: 2, 5: 2], enhancedSteps: 2, lstmUnits: 4,
      sets: [.miniImageNet], methods: ImageMethod.allCases),
    standard: ImageProtocol(
      side: 12, padding: 1, depth: 3, filters: 8, tasks: [1: 1_600, 5: 800], epochs: 4,
      validationTasks: 50, testTasks: 100, mamlBatch: [1: 2, 5: 1], mamlRate: 0.1,
      metaRate: 0.003, headSteps: 20, headRate: 0.01, lstmSteps: [1: 4, 5: 4], enhancedSteps: 4,
      lstmUnits: 10, sets: [.miniImageNet], crossDomainShots: [5],
      methods: [
        .trainFromScratch, .finetuning, .baseline, .foMAML, .maml, .foTURTLE, .turtle,
      ]),
    overnight: ImageProtocol(
      side: 32, padding: 1, depth: 4, filters: 16, tasks: [1: 6_000, 5: 4_000], epochs: 8,
      validationTasks: 100, testTasks: 300, mamlBatch: [1: 4, 5: 2], mamlRate: 0.05,
      metaRate: 0.002, headSteps: 100, headRate: 0.001, lstmSteps: [1: 12, 5: 5],
      enhancedSteps: 8, lstmUnits: 20, sets: [.miniImageNet], crossDomainSets: [.miniImageNet],
      methods: ImageMethod.allCases),
    paper: ImageProtocol(
      side: 84, padding: 0, depth: 4, filters: 64, tasks: [1: 60_000, 5: 40_000], epochs: 24,
      validationTasks: 600, testTasks: 600, mamlBatch: [1: 4, 5: 2], mamlRate: 0.01,
      metaRate: 0.001, headSteps: 100, headRate: 0.001, lstmSteps: [1: 12, 5: 5],
      enhancedSteps: 8, lstmUnits: 20, sets: bothSets, methods: ImageMethod.allCases))

  /// Conv-4 as the authors have it: PyTorch's start, a bias in every convolution.
  package func network(ways: Int = Self.ways) -> ConvolutionalNetwork {
    var network = ConvolutionalNetwork(
      imageShape: [side, side, 3], ways: ways, depth: depth, filters: filters,
      downsampling: .pooling(side: 2))
    network.padding = padding
    network.hasBias = true
    network.filterInitializer = .fanInUniform
    network.headInitializer = .fanInUniform
    return network
  }

  /// Updates of so many episodes, in as many epochs as there are to choose from.
  func schedule(shots: Int, batch: Int) -> Schedule {
    var schedule = Schedule(
      epochs: epochs, iterationsPerEpoch: max((tasks[shots] ?? 0) / epochs / batch, 1),
      batch: batch, rate: .constant(metaRate))
    schedule.mayDiverge = true
    return schedule
  }
}
