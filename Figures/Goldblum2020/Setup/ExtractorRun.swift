import Episodes
import Experiments
import Measurements
import Training

/// The training of an extractor with a seed and its tests, whose types do not matter any more.
package struct ExtractorRun: Sendable {
  /// What is found of it.
  package let study: Study<ExtractorFound>
  /// The name of its training.
  let training: RunKey
  /// Makes the updates of the training, to be measured.
  package let work: @Sendable () -> TrainingWork
  /// What makes its features.
  let features: any FeatureMaking
  /// What has to be done before its epoch is known: its training, or the choice among its epochs.
  let chosen: any Experiment
  /// The epoch that is tested.
  let epoch: @Sendable (RunStore) async throws -> Int
  /// Its accuracy by an algorithm whose setting is chosen on so many episodes.
  let finetuned:
    @Sendable (FinetuningAlgorithm, ClassificationEpisodes, Int) throws -> FinetunedAccuracy

  init<Trained: BackboneTraining, Fit>(
    _ training: Trained, _ test: ExtractorTest<Trained, Fit>
  ) throws {
    study = try Study(test).and(Study(training)).map { outcome, curve in
      ExtractorFound(
        epoch: outcome.epoch, accuracies: outcome.accuracies, losses: outcome.losses,
        separation: outcome.separation, firstLoss: curve.epochs[0].loss)
    }
    self.training = try RunKey(of: training)
    work = { training.work }
    features = BackboneFeatures(of: training)
    chosen = test.choice ?? training
    epoch = { try await test.chosenEpoch($0) }
    finetuned = { try FinetunedAccuracy(of: test, by: $0, choosing: $1, count: $2) }
  }
}

/// What was found of an extractor with a seed.
package struct ExtractorFound: Codable, Equatable, Sendable {
  /// The epoch that was tested.
  package var epoch: Int
  /// The mean accuracies on unseen classes, for each number of shots.
  package var accuracies: [Double]
  /// The mean losses of the queries that gave them.
  package var losses: [Double]
  /// R_FC and R_HV on the training classes.
  package var separation: SeparationOutcome
  /// The mean loss of the first epoch while training.
  package var firstLoss: Double
}
