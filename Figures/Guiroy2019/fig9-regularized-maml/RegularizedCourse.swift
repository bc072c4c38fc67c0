import Experiments
import Guiroy2019Setup
import Measurements
import MetaLearners
import Networks
import Reproduction
import Training

/// How a training came to its accuracy, on the way, and how large corrections are.
struct RegularizedCourse: Codable, Sendable {
  /// The meta-iterations done.
  var iterations: [Int]
  /// On test episodes, to which adaptation is plain.
  var accuracy: [Double]
  /// ‖correction‖/‖displacement‖ on training episodes: for plain MAML, what it would be.
  var ratio: [Double]

  var lastAccuracy: Double { accuracy[accuracy.count - 1] }
  /// The mean ratio over the epochs.
  var meanRatio: Double { ratio.reduce(0, +) / Double(ratio.count) }
}

extension ImageExperiments {
  /// MAML with the corrections of a penalty, or without: γ is looked at in either.
  func course(
    _ setting: Setting, by penalty: AnglePenalty, isCorrected: Bool, seed: UInt64
  ) throws -> Study<RegularizedCourse> {
    let plain = try training(setting, seed: seed)
    return isCorrected
      ? try course(AnglePenaltyTraining(plain, penalty: penalty), setting, penalty, seed: seed)
      : try course(plain, setting, penalty, seed: seed)
  }

  private func course<Start: Trained>(
    _ start: Start, _ setting: Setting, _ penalty: AnglePenalty, seed: UInt64
  ) throws -> Study<RegularizedCourse> where Start.Learner == MAML<ConvolutionalNetwork> {
    let own = try found(setting).1
    let every = max(own.epochs / 10, 1)
    let epochs = Array(stride(from: every, through: own.epochs, by: every))
    return try Study(
      Evaluation(
        of: start, afterEpochs: epochs, on: episodes(setting, .test, seed: seed),
        count: own.trajectories, seed: Int(seed))
    ).and(
      Study(
        Corrections(
          of: start, by: penalty, afterEpochs: epochs,
          on: episodes(setting, .train, seed: seed), batches: 4, seed: Int(seed)))
    ).map {
      RegularizedCourse(
        iterations: epochs.map { $0 * own.iterations }, accuracy: $0.map(\.accuracy),
        ratio: $1.map(\.ratio))
    }
  }
}
