import Episodes
import Experiments
import MetaLearners

/// The epoch after which a learner answers validation episodes best.
///
/// The same episodes are answered after every epoch in question; ties go to the earlier one.
public struct EpochChoice<Training: MetaTrained, Source: EpisodeSource>: Experiment {
  /// The training whose epochs there are to choose from.
  public var training: Training
  /// The epochs in question, ascending.
  public var epochs: [Int]
  /// The episodes to choose with, of classes neither trained on nor tested.
  public var validation: Source
  /// The number of episodes to choose with.
  public var count: Int
  /// What the episodes are drawn from.
  public var seed: Int

  /// The choice among some epochs of a training.
  public init(
    of training: Training, among epochs: [Int], by validation: Source, count: Int, seed: Int
  ) {
    precondition(!epochs.isEmpty, "there is no epoch to choose")
    self.training = training
    self.epochs = epochs
    self.validation = validation
    self.count = count
    self.seed = seed
  }

  /// `epoch-choice`.
  public static var name: String { "epoch-choice" }

  /// Validates every epoch.
  public func run(_ context: RunContext) async throws -> ChosenEpoch {
    let outcomes = try await context.runs.outcome(
      of: Evaluation(
        of: training, afterEpochs: epochs, on: validation, count: count, seed: seed))
    return ChosenEpoch(epochs: epochs, accuracies: outcomes.map(\.accuracy))
  }
}

/// What was chosen, and from what.
public struct ChosenEpoch: Codable, Equatable, Sendable {
  /// The epochs in question.
  public var epochs: [Int]
  /// The mean accuracy on validation episodes after each.
  public var accuracies: [Double]

  /// The first epoch with the highest accuracy.
  public var epoch: Int {
    let best = accuracies.indices.reduce(0) { accuracies[$1] > accuracies[$0] ? $1 : $0 }
    return epochs[best]
  }
}
