import Episodes
import Experiments
import MetaLearners
import Training

/// Training with a choice of epoch: the one that does best on validation episodes is tested.
///
/// Every epoch is validated, the one before training included. Ties go to the earlier epoch. It is
/// the same for every way to meta-parameters: meta-training, a finetuning baseline, a trained
/// backbone with a head.
public struct Selection<Start: Trained, Source: EpisodeSource>: Experiment {
  /// What there is to choose epochs from.
  public var training: Start
  /// The episodes to choose with.
  public var validation: Source
  /// The number of episodes to choose with.
  public var validationCount: Int
  /// By what to choose.
  public var measure: ValidationMeasure
  /// The episodes to judge the choice with.
  public var test: Source
  /// The number of episodes to judge with.
  public var testCount: Int
  /// The seconds that all of it is likely to take on one core; no part of the description.
  public var estimatedSeconds: Double?

  private enum CodingKeys: String, CodingKey {
    case training, validation, validationCount, measure, test, testCount
  }

  /// The choice among the epochs of a training: of the smallest validation loss unless told
  /// otherwise.
  public init(
    from training: Start, by validation: Source, count: Int, measure: ValidationMeasure = .loss,
    judgedBy test: Source, count testCount: Int
  ) {
    self.training = training
    self.validation = validation
    validationCount = count
    self.measure = measure
    self.test = test
    self.testCount = testCount
  }

  /// `selection`.
  public static var name: String { "selection" }

  /// The training, and the validation of all its epochs; which epoch is tested is not known before.
  public var foundations: [any Experiment] { [training.training, validated] }

  /// All planned epochs on the validation episodes; those that a diverging training does not have
  /// are left out.
  private var validated: Evaluation<Start, Source> {
    Evaluation(
      of: training, afterEpochs: Array(0...training.training.schedule.epochs), on: validation,
      count: validationCount, seed: training.seed)
  }

  /// Trains, validates every epoch, tests the best.
  public func run(_ context: RunContext) async throws -> SelectionOutcome {
    let curve = try await context.runs.outcome(of: training.training)
    let validated = try await context.runs.outcome(of: validated)
    let best = validated[measure.best(of: validated)].epoch
    let tested = try await context.runs.outcome(
      of: Evaluation(
        of: training, afterEpochs: [best], on: test, count: testCount, seed: training.seed))
    return SelectionOutcome(
      validationLosses: validated.map(\.loss),
      validationAccuracies: measure == .accuracy ? validated.map(\.accuracy) : nil, epoch: best,
      divergedAt: curve.divergedAt, testLosses: tested[0].losses,
      testAccuracies: tested[0].accuracies)
  }
}

/// What was chosen, and how it did.
public struct SelectionOutcome: Codable, Equatable, Sendable {
  /// The mean loss on validation episodes after adaptation, from the epoch before training on.
  public var validationLosses: [Double]
  /// The mean accuracy on them likewise, where the choice is by it.
  public var validationAccuracies: [Double]?
  /// The epoch that did best.
  public var epoch: Int
  /// The iteration at which training broke off, if it did.
  public var divergedAt: Int?
  /// The mean test loss at the chosen epoch, before the inner loop and after each step.
  public var testLosses: [Double]
  /// The mean test accuracy likewise.
  public var testAccuracies: [Double]

  /// The validation loss of the chosen epoch.
  public var validationLoss: Double { validationLosses[epoch] }
  /// The test loss after adaptation.
  public var testLoss: Double { testLosses[testLosses.count - 1] }
}
