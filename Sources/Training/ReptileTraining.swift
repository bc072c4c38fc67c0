import Episodes
import Experiments
import MetaLearners
import Networks
import Tensors

/// Meta-training by Reptile, plain or weight-clustered.
///
/// At iteration i, episodes i·B, …, i·B + B − 1 of the list `"meta-training"` of the seed make a
/// meta-batch; only their support sets are learned from. Each place of the meta-batch has a state of
/// Adam that is kept across iterations and in the checkpoints. The outcome is the curve of the loss on
/// the last mini-batch of each task.
public struct ReptileTraining<Net: Model, Source: EpisodeSource>: TrainingRun {
  /// What learns.
  public var learner: Reptile<Net>
  /// Where its episodes come from.
  public var episodes: MiniBatchedEpisodes<Source>
  /// For how long, and γ.
  public var schedule: Schedule
  /// What the initial weights and the episodes are drawn from.
  public var seed: Int

  /// The training of a learner on episodes of mini-batches of its size.
  public init(
    learner: Reptile<Net>, episodes: MiniBatchedEpisodes<Source>, schedule: Schedule, seed: Int
  ) {
    precondition(
      episodes.batch == learner.batch,
      "mini-batches of \(episodes.batch) are not of \(learner.batch) images")
    self.learner = learner
    self.episodes = episodes
    self.schedule = schedule
    self.seed = seed
  }

  /// `reptile`.
  public static var name: String { "reptile" }

  /// The start, and as statistics the states of Adam, `place0/…` and so on.
  public func initialState() -> TrainedWeights {
    var generator = Generator(seed: seed).split("initial weights")
    let start = learner.model.initialWeights(using: &generator)
    let states = [Parameters<ShapedArray>](
      repeating: learner.optimizer.initialState(for: start), count: schedule.batch)
    return TrainedWeights(weights: start, statistics: .places(states))
  }

  /// Trains, from the last checkpoint on.
  public func run(_ context: RunContext) async throws -> TrainingCurve {
    // What has a state is Adam in the inner loop; the outer step has none.
    let start = TrainingState(of: initialState(), optimizer: SGD())
    let (episodes, generator) = (episodes, Generator(seed: seed).split("meta-training"))
    let step = ReptileStep(of: learner, schedule: schedule, from: start) {
      episodes.episode($0, of: generator)
    }
    return try await OuterLoop(title: "Reptile, seed \(seed)", step: step).run(
      from: start, context)
  }
}

/// Fine-tuning from what Reptile has learned, with other mini-batches than in training.
///
/// Adam goes on from the state of the first place, as the published code does, whose only state is
/// put back after each test.
public struct ReptileFinetuning<Net: Model, Source: EpisodeSource>: Trained {
  /// The meta-training.
  public var training: ReptileTraining<Net, Source>
  /// What is fine-tuned.
  public var learner: Reptile<Net>

  /// The fine-tuning on mini-batches of so many images.
  public init(from training: ReptileTraining<Net, Source>, batch: Int) {
    self.training = training
    learner = Reptile(training.learner.model, batch: batch, rate: training.learner.rate)
  }

  /// The seed of the training.
  public var seed: Int { training.seed }

  /// The start, and Adam's state of the first place.
  public func metaParameters(
    of trained: TrainedWeights, afterEpoch epoch: Int
  ) -> Parameters<ShapedArray> {
    learner.metaParameters(start: trained.weights, state: trained.statistics.scope("place0"))
  }
}
