import Episodes
import Experiments
import MetaLearners
import Tensors

/// Meta-training whose inner loops are corrected by an ``AnglePenalty``; who tests it adapts plainly.
///
/// Everything else is that of the plain meta-training: initial weights, episodes, optimizer, curve and
/// checkpoints.
public struct AnglePenaltyTraining<Learner: AdaptingLearner, Source: EpisodeSource>:
  TrainingRun, Trained
{
  /// The meta-training that is corrected.
  public var plain: MetaTraining<Learner, Source>
  /// How.
  public var penalty: AnglePenalty

  /// A meta-training with a penalty.
  public init(_ plain: MetaTraining<Learner, Source>, penalty: AnglePenalty) {
    (self.plain, self.penalty) = (plain, penalty)
  }

  /// `angle-penalty-training`.
  public static var name: String { "angle-penalty-training" }

  /// For how long, at which rate.
  public var schedule: Schedule { plain.schedule }
  /// What learns.
  public var learner: Learner { plain.learner }
  /// The seed of the meta-training.
  public var seed: Int { plain.seed }
  /// Itself.
  public var training: Self { self }

  /// The meta-parameters before training.
  public func initialState() -> TrainedWeights { plain.initialState() }

  /// What it trains.
  public func metaParameters(
    of trained: TrainedWeights, afterEpoch epoch: Int
  ) -> Parameters<ShapedArray> {
    trained.weights
  }

  /// Trains, from the last checkpoint on.
  public func run(_ context: RunContext) async throws -> TrainingCurve {
    let start = TrainingState(of: initialState(), optimizer: plain.optimizer)
    let step = AnglePenaltyStep(of: plain, penalty)
    return try await OuterLoop(title: "angle penalty, seed \(seed)", step: step).run(
      from: start, context)
  }
}
