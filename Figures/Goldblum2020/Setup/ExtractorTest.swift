import Episodes
import Experiments
import MetaLearners
import Networks
import Measurements
import Training

/// What a trained backbone is worth: few-shot accuracies, and how far it keeps classes apart.
///
/// The backbone is that of the last epoch, or of the one that answers validation episodes best.
package struct ExtractorTest<Run: BackboneTraining, Fit: Head>: Experiment {
  /// The backbone with the head that is fitted to support sets.
  var backbone: FrozenBackbone<Run, Fit>
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
  package static var name: String { "extractor-test" }

  /// The training, and the validation of all epochs where one is chosen.
  package var foundations: [any Experiment] {
    [backbone.training] + (validated.map { [$0] } ?? [])
  }

  /// Trains if need be, chooses the epoch, measures.
  package func run(_ context: RunContext) async throws -> ExtractorOutcome {
    let epoch = try await chosenEpoch(context.runs)
    let answers = try await answers(afterEpoch: epoch, from: context.runs)
    let separation = try await context.runs.outcome(
      of: SeparationMeasurement(
        of: backbone.training, afterEpoch: epoch, on: pairs, seed: seed))[0]
    return ExtractorOutcome(
      epoch: epoch, accuracies: answers.map(\.accuracy), losses: answers.map { $0.losses[0] },
      separation: separation)
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

  /// What the epoch is chosen by, if it is.
  var choice: (any Experiment)? { validated }

  private var validated: HeadEvaluation<Run, Fit>? {
    guard let validation, validationEpisodes > 0 else { return nil }
    return HeadEvaluation(
      of: backbone, afterEpochs: Array(1...backbone.training.schedule.epochs), on: validation,
      count: validationEpisodes, seed: seed)
  }

  func chosenEpoch(_ runs: RunStore) async throws -> Int {
    guard let validated else { return backbone.training.schedule.epochs }
    return try await runs.outcome(of: validated).bestEpoch
  }
}

/// What was found of a trained backbone.
package struct ExtractorOutcome: Codable, Equatable, Sendable {
  /// The epoch.
  package var epoch: Int
  /// The mean accuracies on unseen classes, for each number of shots.
  package var accuracies: [Double]
  /// The mean losses of the queries that gave them.
  package var losses: [Double]
  /// R_FC and R_HV on the training classes.
  package var separation: SeparationOutcome
}
