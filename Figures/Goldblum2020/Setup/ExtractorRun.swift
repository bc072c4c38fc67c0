import Experiments
import Measurements
import Training

/// The training of an extractor with a seed and its tests, whose types do not matter any more.
package struct ExtractorRun: Sendable {
  package let study: Study<ExtractorFound>
  /// Its training with the epoch that is judged.
  package let tested: any TestedBackbone

  init<Trained, Fit>(_ test: BackboneTest<Trained, Fit>) throws {
    tested = test
    study = try Study(test).and(Study(test.training)).map { outcome, curve in
      ExtractorFound(
        epoch: outcome.epoch, accuracies: outcome.accuracies, losses: outcome.losses,
        separation: outcome.separation, firstLoss: curve.epochs[0].loss)
    }
  }

  /// The updates of the training, to be measured.
  package var work: TrainingWork { tested.work }
}

extension TestedBackbone {
  fileprivate var work: TrainingWork { training.work }
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
