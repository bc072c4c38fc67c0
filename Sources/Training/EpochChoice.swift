import Episodes
import Experiments
import MetaLearners

/// The epoch after which a head answers validation episodes best on a backbone.
///
/// The same episodes are answered after every epoch in question; ties go to the earlier one.
public struct EpochChoice<Training: BackboneTraining, Fit: Head>: Experiment {
  /// What answers; there are the epochs of its training to choose from.
  public var backbone: FrozenBackbone<Training, Fit>
  /// The epochs in question, ascending.
  public var epochs: [Int]
  /// The episodes to choose with, of classes neither trained on nor tested.
  public var validation: ClassificationEpisodes
  /// The number of episodes to choose with.
  public var count: Int
  /// What the episodes are drawn from.
  public var seed: Int

  /// The choice among some epochs of a training.
  public init(
    of backbone: FrozenBackbone<Training, Fit>, among epochs: [Int],
    by validation: ClassificationEpisodes, count: Int, seed: Int
  ) {
    precondition(!epochs.isEmpty, "there is no epoch to choose")
    self.backbone = backbone
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
      of: HeadEvaluation(
        of: backbone, afterEpochs: epochs, on: validation, count: count, seed: seed))
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
