import CommonSetup
import DataSets
import Experiments

/// How large the world of Conv-4 on mini-ImageNet is at a budget: images, augmentation and classical
/// training are those of the extractors' ``World``.
package struct Conv4World: Sendable {
  /// MAML as in the code of Finn et al.
  struct MAML: Sendable {
    /// The filters, of the classifier beside it as well.
    var filters: Int
    /// The inner rate on the mean loss: the code's 0.01 is for five times as much.
    var rate = 0.05
    var steps: Int
    /// The query images of each class while training.
    var queries: Int
    /// The episodes of a meta-iteration with one shot; with five it is half of it.
    var batch = 4
    /// The rate of Adam.
    var outerRate: Double
    var iterations: Int
    var epochs: Int
  }

  /// Reptile as in its published code, and what is compared with it.
  struct Reptile: Sendable {
    var filters: Int
    /// The support images of each class while training, the images of a mini-batch, and how many.
    var shots: Int
    var batch: Int
    var batches: Int
    var metaBatch: Int
    /// The inner rate.
    ///
    /// At `standard` it is the best of 0.002, 0.004, 0.008 and 0.016 for plain Reptile, on one-shot
    /// episodes of validation classes with seeds 100 to 102.
    var rate: Double
    var iterations: Int
    var epochs: Int
    /// Steps of fine-tuning in tests, and the episodes, with one query of each class.
    var testBatches: Int
    var testEpisodes: Int
    /// The images of a mini-batch in tests with one and with five shots.
    var testBatch: [Int: Int] = [1: 5, 5: 15]
    /// α times the constant in the gradient of R_i, 2(1 − 1/m): the best of ``pulls``, and at `smoke`
    /// so large that golden values show it.
    var pull: Double
  }

  /// The pulls that are tried on validation classes: none, the paper's best, and larger ones, which
  /// are seen beside the gradients of short trainings.
  package static let pulls = [0, 5e-5, 0.005, 0.05, 0.5, 5]

  package var extractors: World
  var maml: MAML
  var reptile: Reptile
  /// The filters of ProtoNet and of the classifier beside it.
  var prototypeFilters: Int
  /// The triples of classes whose planes are looked at.
  package var triples: Int
  /// The images of each of three classes, of which one half chooses the plane.
  package var imagesInPlane: Int

  package static func of(_ budget: Budget) -> Conv4World { table[budget] }

  private static let table = BudgetTable(
    smoke: Conv4World(
      extractors: .of(.smoke),
      maml: MAML(filters: 4, steps: 2, queries: 2, outerRate: 1e-3, iterations: 2, epochs: 2),
      reptile: Reptile(
        filters: 4, shots: 4, batch: 5, batches: 3, metaBatch: 3, rate: 1e-3, iterations: 2,
        epochs: 2, testBatches: 3, testEpisodes: 4, pull: 500),
      prototypeFilters: 4, triples: 4, imagesInPlane: 20),
    standard: Conv4World(
      extractors: .of(.standard),
      maml: MAML(filters: 16, steps: 3, queries: 5, outerRate: 3e-3, iterations: 150, epochs: 4),
      reptile: Reptile(
        filters: 8, shots: 15, batch: 10, batches: 8, metaBatch: 5, rate: 0.016, iterations: 125,
        epochs: 4, testBatches: 20, testEpisodes: 200, pull: 5e-5),
      prototypeFilters: 32, triples: 50, imagesInPlane: 60),
    overnight: Conv4World(
      extractors: .of(.overnight),
      maml: MAML(filters: 16, steps: 5, queries: 5, outerRate: 2e-3, iterations: 500, epochs: 8),
      reptile: Reptile(
        filters: 16, shots: 15, batch: 10, batches: 8, metaBatch: 5, rate: 1e-3, iterations: 500,
        epochs: 8, testBatches: 50, testEpisodes: 1000, pull: 5e-5),
      prototypeFilters: 32, triples: 100, imagesInPlane: 100),
    paper: Conv4World(
      extractors: .of(.paper),
      maml: MAML(
        filters: 32, steps: 5, queries: 15, outerRate: 1e-3, iterations: 600, epochs: 100),
      reptile: Reptile(
        filters: 32, shots: 15, batch: 10, batches: 8, metaBatch: 5, rate: 1e-3, iterations: 1000,
        epochs: 100, testBatches: 50, testEpisodes: 100_000, pull: 5e-5),
      prototypeFilters: 64, triples: 100, imagesInPlane: 100))
}
