import Episodes
import Experiments
import MetaLearners
import Training

/// A meta-training and its judgement on unseen classes, whose types do not matter any more.
public struct AccuracyRun: Sendable {
  /// The judgement after an epoch.
  public struct Point: Equatable, Sendable {
    /// The epoch.
    public var epoch: Int
    /// The mean accuracy after the last inner step, from 0 to 1.
    public var accuracy: Double
  }

  /// What was found of it.
  public struct Outcome: Equatable, Sendable {
    /// The mean loss of the first epoch's episodes while training.
    public var firstLoss: Double
    /// The judgement after every epoch that was judged.
    public var points: [Point]
  }

  /// The runs to do, in order.
  public let planned: [PlannedRun]
  private let find: @Sendable (RunStore) async throws -> Outcome

  /// A training judged after some of its epochs.
  init<Training: Experiment & MetaTrained, Source: EpisodeSource>(
    _ training: Training, _ evaluation: Evaluation<Training, Source>
  ) throws where Training.Outcome == TrainingCurve {
    planned = [try PlannedRun(training), try PlannedRun(evaluation)]
    find = { runs in
      Outcome(
        firstLoss: try await runs.outcome(of: training).epochs[0].loss,
        points: try await runs.outcome(of: evaluation).map {
          Point(epoch: $0.epoch, accuracy: $0.accuracy)
        })
    }
  }

  /// A training judged after the epoch that does best on validation classes.
  init<Learner: MetaLearner, Source: EpisodeSource>(
    _ selection: Selection<Learner, Source>
  ) throws {
    planned = [try PlannedRun(selection.training), try PlannedRun(selection)]
    find = { runs in
      let found = try await runs.outcome(of: selection)
      let accuracy = found.testAccuracies[found.testAccuracies.count - 1]
      return Outcome(
        firstLoss: try await runs.outcome(of: selection.training).epochs[0].loss,
        points: [Point(epoch: found.epoch, accuracy: accuracy)])
    }
  }

  /// What was found, trained and judged if need be.
  public func outcome(from runs: RunStore) async throws -> Outcome { try await find(runs) }
}
