import Episodes
import Experiments
import MetaLearners

/// Meta-training with a choice of epoch: the one that does best on validation episodes is tested.
///
/// Every epoch is validated, the one before training included. Ties go to the earlier epoch.
public struct Selection<Learner: MetaLearner, Source: EpisodeSource>: Experiment {
  /// The training whose epochs there are to choose from.
  public var training: MetaTraining<Learner, Source>
  /// The episodes to choose with.
  public var validation: Source
  /// The number of episodes to choose with.
  public var validationCount: Int
  /// The episodes to judge the choice with.
  public var test: Source
  /// The number of episodes to judge with.
  public var testCount: Int
  /// The seconds that all of it is likely to take on one core; no part of the description.
  public var estimatedSeconds: Double?

  private enum CodingKeys: String, CodingKey {
    case training, validation, validationCount, test, testCount
  }

  /// The choice among the epochs of a training.
  public init(
    from training: MetaTraining<Learner, Source>, by validation: Source, count: Int,
    judgedBy test: Source, count testCount: Int
  ) {
    self.training = training
    self.validation = validation
    validationCount = count
    self.test = test
    self.testCount = testCount
  }

  /// `selection`.
  public static var name: String { "selection" }

  /// Trains, validates every epoch, tests the best.
  public func run(_ context: RunContext) async throws -> SelectionOutcome {
    let curve = try await context.runs.outcome(of: training)
    let validated = try await context.runs.outcome(
      of: Evaluation(
        of: training, afterEpochs: Array(0...curve.epochs.count), on: validation,
        count: validationCount, seed: training.seed))
    let losses = validated.map { $0.losses[$0.losses.count - 1] }
    let best = SelectionOutcome.best(of: losses)
    let tested = try await context.runs.outcome(
      of: Evaluation(
        of: training, afterEpochs: [best], on: test, count: testCount, seed: training.seed))
    return SelectionOutcome(
      validationLosses: losses, epoch: best, divergedAt: curve.divergedAt,
      testLosses: tested[0].losses, testAccuracies: tested[0].accuracies)
  }
}

/// What was chosen, and how it did.
public struct SelectionOutcome: Codable, Equatable, Sendable {
  /// The mean loss on validation episodes after adaptation, from the epoch before training on.
  public var validationLosses: [Double]
  /// The epoch that did best.
  public var epoch: Int
  /// The iteration at which training broke off, if it did.
  public var divergedAt: Int?
  /// The mean test loss at the chosen epoch, before the inner loop and after each step.
  public var testLosses: [Double]
  /// The mean test accuracy likewise.
  public var testAccuracies: [Double]

  /// The smallest validation loss.
  public var validationLoss: Double { validationLosses[epoch] }
  /// The test loss after adaptation.
  public var testLoss: Double { testLosses[testLosses.count - 1] }

  /// The index of the smallest loss; what is not finite is never the smallest of several.
  static func best(of losses: [Double]) -> Int {
    let finite = losses.indices.filter { losses[$0].isFinite }
    return finite.min { losses[$0] < losses[$1] } ?? 0
  }
}
