import Episodes
import Execution
import Experiments
import MetaLearners
import Networks
import Tensors

/// The outer loop: meta-parameters follow the mean of their episodes' meta-gradients.
///
/// At iteration i, episodes i·B, …, i·B + B − 1 of the list `"meta-training"` of the seed make a
/// meta-batch, whose mean meta-gradient an optimizer descends. The outcome is the curve of the query loss
/// on training episodes; the meta-parameters after every epoch are in the checkpoints, as
/// `weights.safetensors`.
public struct MetaTraining<Learner: MetaLearner, Source: EpisodeSource>: TrainingRun, Trained {
  /// What learns.
  public var learner: Learner
  /// Where its episodes come from.
  public var episodes: Source
  /// For how long, at which rate.
  public var schedule: Schedule
  /// The outer optimizer.
  public var optimizer: any Optimizer
  /// What the initial weights and the episodes are drawn from.
  public var seed: Int

  /// The meta-training of a learner.
  public init(
    learner: Learner, episodes: Source, schedule: Schedule, optimizer: any Optimizer = Adam(),
    seed: Int
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

  /// Writes all of it, the optimizer as what it is.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(learner, forKey: .learner)
    try container.encode(episodes, forKey: .episodes)
    try container.encode(schedule, forKey: .schedule)
    try container.encode(optimizer, forKey: .optimizer)
    try container.encode(seed, forKey: .seed)
  }

  /// The meta-parameters before training.
  public func initialParameters() -> Parameters<ShapedArray> {
    var generator = Generator(seed: seed).split("initial weights")
    return learner.initialParameters(using: &generator)
  }

  /// The meta-parameters before training.
  public func initialState() -> TrainedWeights { TrainedWeights(weights: initialParameters()) }

  /// Trains, from the last checkpoint on.
  public func run(_ context: RunContext) async throws -> TrainingCurve {
    let start = start
    return try await loop(from: start).run(from: start, context)
  }

  /// Its updates, to be measured.
  public var work: TrainingWork {
    let start = start
    return TrainingWork(of: loop(from: start)) { start }
  }

  private var start: TrainingState { TrainingState(of: initialState(), optimizer: optimizer) }

  private func loop(from start: TrainingState) -> OuterLoop<MetaGradientStep<Episode<Tensor>>> {
    let learner = learner
    return OuterLoop(
      title: "meta-training, seed \(seed)",
      step: MetaGradientStep(
        schedule: schedule, optimizer: optimizer,
        gradient: Program(
          like: start.parameters, episode(0), shared: .whenLarge, within: .machine
        ) {
          learner.metaGradient(at: $0, of: $1)
        }, item: episode))
  }

  /// The n-th training episode.
  var episode: @Sendable (Int) -> Episode<ShapedArray> {
    let (episodes, generator) = (episodes, Generator(seed: seed).split("meta-training"))
    return { episodes.episode($0, of: generator) }
  }

  /// Itself.
  public var training: Self { self }

  /// What it trains.
  public func metaParameters(
    of trained: TrainedWeights, afterEpoch epoch: Int
  ) -> Parameters<ShapedArray> {
    trained.weights
  }
}
