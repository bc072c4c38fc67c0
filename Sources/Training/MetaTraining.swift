import Episodes
import Execution
import Experiments
import MetaLearners
import Networks
import Tensors

/// The outer loop: meta-parameters follow the mean of their episodes' meta-gradients.
///
/// At iteration i, episodes i·B, …, i·B + B − 1 of the list `"meta-training"` of the seed make a
/// meta-batch, whose mean meta-gradient Adam descends. The outcome is the curve of the query loss
/// on training episodes; the meta-parameters after every epoch are in the checkpoints, as
/// `weights.safetensors`.
public struct MetaTraining<Learner: MetaLearner, Source: EpisodeSource>: Experiment, MetaTrained {
  /// What learns.
  public var learner: Learner
  /// Where its episodes come from.
  public var episodes: Source
  /// For how long, at which rate.
  public var schedule: Schedule
  /// The outer optimizer.
  public var optimizer = Adam()
  /// What the initial weights and the episodes are drawn from.
  public var seed: Int

  /// The meta-training of a learner.
  public init(
    learner: Learner, episodes: Source, schedule: Schedule, optimizer: Adam = Adam(), seed: Int
  ) {
    self.learner = learner
    self.episodes = episodes
    self.schedule = schedule
    self.optimizer = optimizer
    self.seed = seed
  }

  /// `meta-training`.
  public static var name: String { "meta-training" }

  private enum CodingKeys: String, CodingKey {
    case learner, episodes, schedule, optimizer, seed
  }

  /// The meta-parameters before training.
  public func initialParameters() -> Parameters<ShapedArray> {
    var generator = Generator(seed: seed).split("initial weights")
    return learner.initialParameters(using: &generator)
  }

  /// Trains, from the last checkpoint on.
  public func run(_ context: RunContext) async throws -> TrainingCurve {
    let state = TrainingState(parameters: initialParameters(), optimizer: optimizer)
    let (episodes, generator) = (episodes, Generator(seed: seed).split("meta-training"))
    let loop = OuterLoop<Episode<Tensor>>(
      title: "meta-training, seed \(seed)", schedule: schedule, optimizer: optimizer,
      gradient: Program(
        like: state.parameters, episodes.episode(0, of: generator), shared: .whenLarge
      ) {
        learner.metaGradient(at: $0, of: $1)
      },
      item: { episodes.episode($0, of: generator) })
    return try await loop.run(from: state, context)
  }

  /// The meta-parameters in the checkpoint of an epoch.
  public func metaParameters(
    afterEpoch epoch: Int, from runs: RunStore
  ) async throws -> Parameters<ShapedArray> {
    try await runs.checkpoint(of: self, afterEpoch: epoch).weights(like: initialParameters())
  }
}
