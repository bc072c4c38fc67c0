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

  /// The runs to do, in order.
  public let planned: [PlannedRun]
  private let judge: @Sendable (RunStore) async throws -> [Point]

  /// A training judged after some of its epochs.
  init<Training: Experiment & MetaTrained, Source: EpisodeSource>(
    _ training: Training, _ evaluation: Evaluation<Training, Source>
  ) throws {
    planned = [try PlannedRun(training), try PlannedRun(evaluation)]
    judge = { runs in
      try await runs.outcome(of: evaluation).map { Point(epoch: $0.epoch, accuracy: $0.accuracy) }
    }
  }

  /// A training judged after the epoch that does best on validation classes.
  init<Learner: MetaLearner, Source: EpisodeSource>(
    _ selection: Selection<Learner, Source>
  ) throws {
    planned = [try PlannedRun(selection.training), try PlannedRun(selection)]
    judge = { runs in
      let found = try await runs.outcome(of: selection)
      return [
        Point(epoch: found.epoch, accuracy: found.testAccuracies[found.testAccuracies.count - 1])
      ]
    }
  }

  /// What was found after every epoch that was judged.
  public func points(from runs: RunStore) async throws -> [Point] { try await judge(runs) }
}
