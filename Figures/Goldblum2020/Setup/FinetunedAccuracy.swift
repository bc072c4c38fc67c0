import Episodes
import Experiments
import Measurements
import MetaLearners
import Training

/// The one-shot accuracy of an extractor by a fine-tuning algorithm, in the setting in which episodes
/// of validation classes are answered best.
package struct FinetunedAccuracy: Experiment {
  private let training: RunKey
  private let candidates: [FinetuningFit]
  private let validation: ClassificationEpisodes
  private let validationEpisodes: Int
  private let test: ClassificationEpisodes
  private let testEpisodes: Int
  private let seed: Int
  private let chosen: any Experiment
  private let answers: Answers

  /// The answers to so many episodes.
  private typealias Answers =
    @Sendable (RunStore, FinetuningFit, ClassificationEpisodes, Int) async throws
    -> EvaluationOutcome

  private enum CodingKeys: String, CodingKey {
    case training, candidates, validation, validationEpisodes, test, testEpisodes, seed
  }

  init<Run: BackboneTraining, Fit>(
    of extractor: ExtractorTest<Run, Fit>, by algorithm: FinetuningAlgorithm,
    choosing validation: ClassificationEpisodes, count: Int
  ) throws {
    training = try RunKey(of: extractor.backbone.training)
    candidates = algorithm.candidates
    (self.validation, validationEpisodes) = (validation, count)
    (test, testEpisodes, seed) = (extractor.tests[0], extractor.testEpisodes, extractor.seed)
    chosen = extractor.choice ?? extractor.backbone.training
    answers = { runs, fit, episodes, count in
      try await extractor.answers(by: fit, to: episodes, count: count, from: runs)
    }
  }

  package static var name: String { "finetuned-accuracy" }

  package var foundations: [any Experiment] { [chosen] }

  package func run(_ context: RunContext) async throws -> FinetunedOutcome {
    var validated: [EvaluationOutcome] = []
    for fit in candidates where candidates.count > 1 {
      validated.append(
        try await answers(context.runs, fit, validation, validationEpisodes))
    }
    let fit = candidates[
      validated.isEmpty ? 0 : ValidationMeasure.accuracy.best(of: validated)]
    return FinetunedOutcome(
      fit: fit, validationAccuracies: validated.map(\.accuracy),
      accuracy: try await answers(context.runs, fit, test, testEpisodes).accuracy)
  }
}

/// What was chosen, and how it did.
package struct FinetunedOutcome: Codable, Sendable {
  /// The algorithm in its best setting.
  package var fit: FinetuningFit
  /// The mean accuracy on validation episodes in each setting.
  package var validationAccuracies: [Double]
  /// The mean accuracy on test episodes.
  package var accuracy: Double
}

extension ExtractorTest {
  fileprivate func answers(
    by fit: FinetuningFit, to episodes: ClassificationEpisodes, count: Int, from runs: RunStore
  ) async throws -> EvaluationOutcome {
    let epoch = try await chosenEpoch(runs)
    func frozen(_ head: some Head) async throws -> EvaluationOutcome {
      try await runs.outcome(
        of: HeadEvaluation(
          of: FrozenBackbone(of: backbone.training, with: head), afterEpochs: [epoch],
          on: episodes, count: count, seed: seed))[0]
    }
    switch fit {
    case .machine(let cost): return try await frozen(SupportVectorMachine(cost: cost))
    case .ridge(let ridge): return try await frozen(RidgeRegression(ridge: ridge))
    case .prototypes: return try await frozen(Prototypes())
    case .descent(let rate):
      return try await runs.outcome(
        of: Evaluation(
          of: FinetunedBackbone(
            of: backbone.training, ways: World.ways, rate: rate, steps: FinetuningFit.steps),
          afterEpochs: [epoch], on: episodes, count: count, seed: seed))[0]
    }
  }
}
