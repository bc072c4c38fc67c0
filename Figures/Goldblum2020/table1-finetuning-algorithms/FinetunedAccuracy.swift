import Episodes
import Experiments
import Goldblum2020Setup
import Measurements
import MetaLearners
import Training

/// The one-shot accuracy of an extractor by a fine-tuning algorithm, in the setting in which episodes
/// of validation classes are answered best.
struct FinetunedAccuracy: Experiment {
  private let training: RunKey
  private let candidates: [FinetuningFit]
  private let validation: ClassificationEpisodes
  private let validationEpisodes: Int
  private let test: ClassificationEpisodes
  private let testEpisodes: Int
  private let seed: Int
  private let extractor: any TestedBackbone

  private enum CodingKeys: String, CodingKey {
    case training, candidates, validation, validationEpisodes, test, testEpisodes, seed
  }

  init(
    of extractor: any TestedBackbone, by algorithm: FinetuningAlgorithm,
    choosing validation: ClassificationEpisodes, count: Int
  ) throws {
    self.extractor = extractor
    training = try extractor.key
    candidates = algorithm.candidates
    (self.validation, validationEpisodes) = (validation, count)
    (test, testEpisodes, seed) = (extractor.tests[0], extractor.testEpisodes, extractor.seed)
  }

  static var name: String { "finetuned-accuracy" }

  var foundations: [any Experiment] { [extractor.chosen] }

  func run(_ context: RunContext) async throws -> FinetunedOutcome {
    var validated: [EvaluationOutcome] = []
    for fit in candidates where candidates.count > 1 {
      validated.append(
        try await extractor.answers(
          by: fit, to: validation, count: validationEpisodes, from: context.runs))
    }
    let fit = candidates[
      validated.isEmpty ? 0 : ValidationMeasure.accuracy.best(of: validated)]
    return FinetunedOutcome(
      fit: fit, validationAccuracies: validated.map(\.accuracy),
      accuracy: try await extractor.answers(
        by: fit, to: test, count: testEpisodes, from: context.runs
      ).accuracy)
  }
}

/// What was chosen, and how it did.
struct FinetunedOutcome: Codable, Sendable {
  /// The algorithm in its best setting.
  var fit: FinetuningFit
  /// The mean accuracy on validation episodes in each setting.
  var validationAccuracies: [Double]
  /// The mean accuracy on test episodes.
  var accuracy: Double
}

extension TestedBackbone {
  fileprivate func answers(
    by fit: FinetuningFit, to episodes: ClassificationEpisodes, count: Int, from runs: RunStore
  ) async throws -> EvaluationOutcome {
    let epoch = try await chosenEpoch(runs)
    func frozen(_ head: some Head) async throws -> EvaluationOutcome {
      try await runs.outcome(
        of: HeadEvaluation(
          of: FrozenBackbone(of: training, with: head), afterEpochs: [epoch],
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
            of: training, ways: World.ways, rate: rate, steps: FinetuningFit.steps),
          afterEpochs: [epoch], on: episodes, count: count, seed: seed))[0]
    }
  }
}
