import Episodes
import Experiments
import MetaLearners
import Networks
import Training

/// What a trained backbone is worth: few-shot accuracies, and how far it keeps classes apart.
///
/// The backbone is that of the last epoch, or of the one that answers validation episodes best.
public struct ExtractorTest<Trained: BackboneTraining, Fit: Head>: Experiment {
  /// The backbone with the head that is fitted to support sets.
  var backbone: FrozenBackbone<Trained, Fit>
  /// The episodes of which the epoch is chosen, if it is.
  var validation: ClassificationEpisodes?
  /// How many episodes choose.
  var validationEpisodes: Int
  /// The episodes that judge, for each number of shots.
  var tests: [ClassificationEpisodes]
  /// How many episodes judge.
  var testEpisodes: Int
  /// The pairs of training classes that are kept apart or not.
  var pairs: ClassPairs
  /// What episodes and pairs are drawn from.
  var seed: Int

  /// `extractor-test`.
  public static var name: String { "extractor-test" }

  /// Trains if need be, chooses the epoch, measures.
  public func run(_ context: RunContext) async throws -> ExtractorOutcome {
    let epoch = try await chosenEpoch(context.runs)
    let accuracies = try await answers(afterEpoch: epoch, from: context.runs).map(\.accuracy)
    let separation = try await context.runs.outcome(
      of: SeparationMeasurement(
        of: backbone.training, afterEpoch: epoch, on: pairs, seed: seed))
    return ExtractorOutcome(epoch: epoch, accuracies: accuracies, separation: separation)
  }

  /// The mean losses of the queries that gave the accuracies, for each number of shots.
  func losses(from runs: RunStore) async throws -> [Double] {
    let epoch = try await runs.outcome(of: self).epoch
    return try await answers(afterEpoch: epoch, from: runs).map { $0.losses[0] }
  }

  private func answers(
    afterEpoch epoch: Int, from runs: RunStore
  ) async throws -> [EvaluationOutcome] {
    var outcomes: [EvaluationOutcome] = []
    for episodes in tests {
      outcomes += try await runs.outcome(
        of: HeadEvaluation(
          of: backbone, afterEpochs: [epoch], on: episodes, count: testEpisodes, seed: seed))
    }
    return outcomes
  }

  private func chosenEpoch(_ runs: RunStore) async throws -> Int {
    let epochs = backbone.training.schedule.epochs
    guard let validation, validationEpisodes > 0 else { return epochs }
    return try await runs.outcome(
      of: HeadEvaluation(
        of: backbone, afterEpochs: Array(1...epochs), on: validation, count: validationEpisodes,
        seed: seed)
    ).bestEpoch
  }
}

/// Losses of a training and its test, which small errors show in sooner than in accuracies.
public struct ExtractorLosses: Codable, Equatable, Sendable {
  /// The mean loss of the first epoch while training.
  public var training: Double
  /// The mean losses of the test queries, for each number of shots.
  public var queries: [Double]
}

/// What was found of a trained backbone.
public struct ExtractorOutcome: Codable, Equatable, Sendable {
  /// The epoch.
  public var epoch: Int
  /// The mean accuracies on unseen classes, for each number of shots.
  public var accuracies: [Double]
  /// R_FC and R_HV on the training classes.
  public var separation: SeparationOutcome
}
