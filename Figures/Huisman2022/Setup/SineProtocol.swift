import Episodes
import Experiments
import Networks
import Measurements
import Training

/// What the sine experiments of sections 3.5.1 and 3.5.2 are done with, for each budget.
///
/// The paper budget is the protocol of the text and of the authors' code, and the overnight budget
/// the same for the methods that decide claims. The others are smaller worlds: fewer tasks, and a
/// base network of half the width.
package struct SineProtocol: Codable, Hashable, Sendable {
  /// The number of units in the two hidden layers of the base network.
  package var width: Int
  /// The number of training tasks, each seen once.
  package var tasks: Int
  /// The number of training tasks between validations.
  package var tasksPerEpoch: Int
  package var validationTasks: Int
  package var testTasks: Int
  /// The values of T in Figure 3.2.
  package var steps: [Int]
  /// The numbers of hidden layers of the meta-network in Figure 3.2.
  package var hiddenLayers: [Int]
  /// The values of T of MAML in Figure 3.3.
  package var mamlSteps: [Int]
  /// T of the meta-learner LSTM.
  package var lstmSteps: Int
  /// The number of hidden units of the meta-learner LSTM.
  package var lstmUnits: Int
  /// The number of seeds from 0 on that the meta-learner LSTM has, which takes half an hour for
  /// each; nil if it has those of the others.
  ///
  /// By the effect and spread of the standard budget five tell it from TURTLE with a power of 95 %, Holm's
  /// correction over the paper's claims included.
  package var lstmSeeds: Int?

  package init(_ budget: Budget) {
    width = budget.pick(smoke: 20, standard: 20, overnight: 40)
    tasks = budget.pick(smoke: 200, standard: 10_000, overnight: 70_000)
    tasksPerEpoch = budget.pick(smoke: 100, standard: 1000, overnight: 2500)
    validationTasks = budget.pick(smoke: 20, standard: 200, overnight: 1000)
    testTasks = budget.pick(smoke: 40, standard: 500, overnight: 2000)
    steps = budget.pick(smoke: [1, 5], standard: [1, 5], paper: [1, 5, 10])
    hiddenLayers = budget.pick(
      smoke: [0, 2], standard: [0, 1, 2, 5], overnight: [0, 5], paper: Array(0...7))
    mamlSteps = budget.pick(smoke: [1, 5], standard: [1, 5, 10])
    lstmSteps = budget.pick(smoke: 3, standard: 5, overnight: 8)
    lstmUnits = budget.pick(smoke: 10, standard: 10, overnight: 20)
    lstmSeeds = budget == .overnight ? 5 : nil
  }

  /// The number of seeds: the 30 runs of the paper, at its own budget and where claims are decided.
  package static func seedCount(within budget: Budget) -> Int {
    budget.pick(smoke: 2, standard: 5, overnight: 30)
  }

  /// The regressor: two hidden layers of ReLUs, begun as PyTorch begins its layers, biases zero.
  package var network: Perceptron {
    Perceptron(widths: [1, width, width, 1], initializer: .fanInUniform)
  }

  /// The number of weights of the regressor.
  package var weightCount: Int { width * width + 4 * width + 1 }

  /// The tasks of a list: 5 support and 50 query points of y = A sin(x + φ), the same for all
  /// methods and runs.
  package func pool(_ name: String, _ count: Int) -> EpisodePool<Sinusoids> {
    EpisodePool(
      of: Sinusoids(shots: 5, queries: 50, convention: .added), count: count, name: name, seed: 0)
  }

  /// Adam with a rate of 0.001, so many tasks to an update.
  package func schedule(batch: Int = 1) -> Schedule {
    var schedule = Schedule(
      epochs: tasks / tasksPerEpoch, iterationsPerEpoch: tasksPerEpoch / batch, batch: batch)
    schedule.mayDiverge = true
    return schedule
  }
}
