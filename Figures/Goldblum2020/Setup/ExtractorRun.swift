import Experiments
import MetaLearners
import Reproduction
import Training

/// The training of an extractor with a seed and its tests, whose types do not matter any more.
public struct ExtractorRun: Sendable {
  /// The training.
  public let training: PlannedRun
  /// What is measured on it.
  public let test: PlannedRun
  private let outcome: @Sendable (RunStore) async throws -> ExtractorOutcome
  private let losses: @Sendable (RunStore) async throws -> ExtractorLosses
  /// Makes the updates of the training, to be measured.
  public let work: @Sendable () -> TrainingWork

  init<Trained: BackboneTraining, Fit: Head>(
    _ training: Trained, _ test: ExtractorTest<Trained, Fit>
  ) throws {
    self.training = try PlannedRun(training)
    self.test = try PlannedRun(test)
    outcome = { try await $0.outcome(of: test) }
    losses = { runs in
      ExtractorLosses(
        training: try await runs.outcome(of: training).epochs[0].loss,
        queries: try await test.losses(from: runs))
    }
    work = { training.work }
  }

  /// What was found.
  public func outcome(from runs: RunStore) async throws -> ExtractorOutcome {
    try await outcome(runs)
  }

  /// The losses on the way there.
  public func losses(from runs: RunStore) async throws -> ExtractorLosses {
    try await losses(runs)
  }
}
