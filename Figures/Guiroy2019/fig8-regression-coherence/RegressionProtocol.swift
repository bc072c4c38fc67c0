import Episodes
import Experiments
import Measurements
import MetaLearners
import Networks
import Training

/// What the experiments on sine waves (section 5.3.1, A.4) are done with, for each budget.
struct RegressionProtocol: Sendable {
  /// The values of k, the number of support points.
  var shots: [Int]
  /// The tasks of a meta-iteration.
  var batch: Int
  /// The meta-iterations of an epoch.
  var iterations: Int
  /// The epochs, after each of which everything is measured.
  var epochs: Int
  /// The meta-test tasks.
  var tasks: Int
  /// The rate of Adam.
  var outerRate: Double

  /// The protocol of a budget.
  init(_ budget: Budget) {
    shots = budget.pick(
      smoke: [2, 5], standard: [2, 3, 5, 8, 11, 15], overnight: [2, 3, 5, 8, 11, 15],
      paper: Array(2...15))
    batch = budget.pick(smoke: 4, standard: 10, overnight: 25)
    iterations = budget.pick(smoke: 2, standard: 400, overnight: 500)
    epochs = budget.pick(smoke: 5, standard: 25, overnight: 40, paper: 140)
    tasks = budget.pick(smoke: 20, standard: 100, overnight: 500)
    outerRate = budget.pick(smoke: 3e-3, standard: 3e-3, overnight: 1e-3)
  }

  /// The two values of k whose trainings are shown.
  var shownShots: [Int] { Self.shown(of: shots) }

  /// The two of some values of k whose trainings are shown.
  static func shown(of shots: [Int]) -> [Int] { [shots[shots.count / 3], shots[shots.count - 1]] }

  /// y = a sin(x + c); amplitudes and phases of the two parts do not meet.
  private func waves(_ shots: Int, isTest: Bool) -> Sinusoids {
    Sinusoids(
      shots: shots, queries: 10, amplitudes: isTest ? 3...5 : 0.1...3,
      phases: isTest ? (2 * .pi / 3)...(.pi) : 0...(2 * .pi / 3), convention: .added)
  }

  /// Half of the mean square of a test wave, 49/6: what is gained half way from predicting nothing.
  static let competentError = 49.0 / 12

  /// Trajectories of one step from MAML's start, after every epoch.
  func trajectories(
    shots: Int, seed: UInt64
  ) -> Trajectories<MetaTraining<MAML<Perceptron>, Sinusoids>, Sinusoids> {
    let training = MetaTraining(
      learner: MAML(
        Perceptron(widths: [1, 40, 40, 1]), rate: 0.01, steps: 1, loss: .meanSquaredError),
      episodes: waves(shots, isTest: false),
      schedule: Schedule(
        epochs: epochs, iterationsPerEpoch: iterations, batch: batch, rate: .constant(outerRate)),
      seed: Int(clamping: seed))
    return Trajectories(
      of: training, afterEpochs: Array(1...epochs), on: waves(shots, isTest: true), count: tasks,
      seed: Int(clamping: seed))
  }
}
