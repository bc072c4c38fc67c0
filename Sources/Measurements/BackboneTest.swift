import Episodes
import Experiments
import MetaLearners
import Training

/// A trained backbone of which one epoch is judged: the last, or the one that does best on validation.
public protocol TestedBackbone: Sendable {
  /// The kind of training.
  associatedtype Run: BackboneTraining

  /// What is trained.
  var training: Run { get }
  /// What has to be done before the epoch is known: the training, or the choice among its epochs.
  var chosen: any Experiment { get }
  /// The episodes that judge, for each number of shots.
  var tests: [ClassificationEpisodes] { get }
  /// How many episodes judge.
  var testEpisodes: Int { get }
  /// What episodes are drawn from.
  var seed: Int { get }

  /// The epoch that is judged; what is not done yet is done.
  func chosenEpoch(_ runs: RunStore) async throws -> Int
}

extension TestedBackbone {
  /// The name of the training.
  public var key: RunKey { get throws { try RunKey(of: training) } }
}

/// What a trained backbone is worth: few-shot accuracies, and how far it keeps classes apart.
public struct BackboneTest<Run: BackboneTraining, Fit: Head>: Experiment, TestedBackbone {
  /// The backbone with the head that is fitted to support sets.
  public var backbone: FrozenBackbone<Run, Fit>
  /// The episodes of which the epoch is chosen, if it is.
  public var validation: ClassificationEpisodes?
  /// How many episodes choose.
  public var validationEpisodes: Int
  /// The episodes that judge, for each number of shots.
  public var tests: [ClassificationEpisodes]
  /// How many episodes judge.
  public var testEpisodes: Int
  /// The pairs of training classes that are kept apart or not.
  public var pairs: ClassPairs
  /// What episodes and pairs are drawn from.
  public var seed: Int

  /// The test of a backbone with a head; without episodes for validation, of its last epoch.
  public init(
    of backbone: FrozenBackbone<Run, Fit>, choosingBy validation: ClassificationEpisodes?,
    count validationEpisodes: Int, judgedBy tests: [ClassificationEpisodes],
    count testEpisodes: Int, pairs: ClassPairs
  ) {
    self.backbone = backbone
    self.validation = validation
    self.validationEpisodes = validationEpisodes
    self.tests = tests
    self.testEpisodes = testEpisodes
    self.pairs = pairs
    seed = backbone.training.seed
  }

  /// `extractor-test`.
  public static var name: String { "extractor-test" }

  /// The training of the backbone.
  public var training: Run { backbone.training }

  /// The training, and the validation of all epochs where one is chosen.
  public var foundations: [any Experiment] { [training] + (validated.map { [$0] } ?? []) }

  /// Trains if need be, chooses the epoch, measures.
  public func run(_ context: RunContext) async throws -> BackboneOutcome {
    let epoch = try await chosenEpoch(context.runs)
    var answers: [EvaluationOutcome] = []
    for episodes in tests {
      answers += try await context.runs.outcome(
        of: HeadEvaluation(
          of: backbone, afterEpochs: [epoch], on: episodes, count: testEpisodes, seed: seed))
    }
    let separation = try await context.runs.outcome(
      of: SeparationMeasurement(of: training, afterEpoch: epoch, on: pairs, seed: seed))[0]
    return BackboneOutcome(
      epoch: epoch, accuracies: answers.map(\.accuracy), losses: answers.map { $0.losses[0] },
      separation: separation)
  }

  private var validated: HeadEvaluation<Run, Fit>? {
    guard let validation, validationEpisodes > 0 else { return nil }
    return HeadEvaluation(
      of: backbone, afterEpochs: Array(1...training.schedule.epochs), on: validation,
      count: validationEpisodes, seed: seed)
  }

  /// The validation of all epochs where one is chosen, else the training.
  public var chosen: any Experiment { validated ?? training }

  /// The epoch that answers validation episodes best, or the last one.
  public func chosenEpoch(_ runs: RunStore) async throws -> Int {
    guard let validated else { return training.schedule.epochs }
    return try await runs.outcome(of: validated).bestEpoch
  }
}

/// What was found of a trained backbone.
public struct BackboneOutcome: Codable, Equatable, Sendable {
  /// The epoch.
  public var epoch: Int
  /// The mean accuracies on unseen classes, for each number of shots.
  public var accuracies: [Double]
  /// The mean losses of the queries that gave them.
  public var losses: [Double]
  /// R_FC and R_HV on the training classes.
  public var separation: SeparationOutcome
}
