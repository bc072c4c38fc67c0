import Episodes
import Execution
import Experiments
import MetaLearners
import Networks
import Tensors

/// A backbone meta-trained for a head: MetaOptNet, R2-D2, ProtoNet.
///
/// At iteration i, episodes i·B, …, i·B + B − 1 of the list `"episodic training"` of the seed make a
/// step: gradient descent on the mean loss of their queries, after the head has been fitted to their
/// support sets. The outcome is the curve of that loss; the trained backbone after every epoch is in
/// the checkpoints.
///
/// The code of MetaOptNet normalises the images of a step's episodes together, on each of its
/// processors. Here so many episodes share a pass as is wished; passes are computed side by side, so
/// that fewer episodes in each take less memory and use more workers.
///
/// - Reference: Lee, Maji, Ravichandran and Soatto, "Meta-Learning with Differentiable Convex
///   Optimization", 2019, section 4.1. <https://arxiv.org/abs/1904.03758>
public struct EpisodicTraining<Net: Backbone, Fit: Head, Source: EpisodeSource>: BackboneTraining {
  /// What learns.
  public var learner: EmbeddingLearner<Net, Fit>
  /// Where its episodes come from.
  public var episodes: Source
  /// How many episodes are normalised together.
  public var episodesPerPass: Int
  /// ε: how much of the probability training wishes to see at wrong classes.
  public var labelSmoothing: Double
  /// For how long, at which rate; the batch counts episodes.
  public var schedule: Schedule
  /// The optimizer.
  public var optimizer: SGD
  /// What the initial weights, the episodes and the masks are drawn from.
  public var seed: Int

  /// The training of a learner; the batch of the schedule is that of the code, 8 episodes.
  public init(
    of learner: EmbeddingLearner<Net, Fit>, on episodes: Source, episodesPerPass: Int = 1,
    labelSmoothing: Double = 0, schedule: Schedule,
    optimizer: SGD = SGD(momentum: 0.9, isNesterov: true, weightDecay: 5e-4), seed: Int
  ) {
    precondition(
      episodesPerPass > 0 && schedule.batch % episodesPerPass == 0,
      "\(schedule.batch) episodes do not make passes of \(episodesPerPass)")
    precondition(0..<1 ~= labelSmoothing, "no label can be smoothed by \(labelSmoothing)")
    self.learner = learner
    self.episodes = episodes
    self.episodesPerPass = episodesPerPass
    self.labelSmoothing = labelSmoothing
    self.schedule = schedule
    self.optimizer = optimizer
    self.seed = seed
  }

  /// `episodic-training`.
  public static var name: String { "episodic-training" }

  /// What is trained.
  public var backbone: Net { learner.backbone }

  /// The weights before training: the backbone's, and the scale as `head/scale`.
  public func initialWeights() -> Parameters<ShapedArray> {
    var generator = Generator(seed: seed).split("initial weights")
    return learner.initialWeights(using: &generator)
  }

  /// Trains, from the last checkpoint on.
  public func run(_ context: RunContext) async throws -> TrainingCurve {
    try await loop.run(from: start, context)
  }

  private var loop: OuterLoop<MetaGradientStep<MaskedEpisodes>> {
    var outer = schedule
    outer.batch = passesPerUpdate
    return OuterLoop(
      title: "episodic training, seed \(seed)",
      step: MetaGradientStep(
        schedule: outer, optimizer: optimizer, gradient: step, item: item))
  }

  /// Its updates, to be measured.
  public var work: TrainingWork { TrainingWork(of: loop) { start } }

  private var passesPerUpdate: Int { schedule.batch / episodesPerPass }

  /// Episodes with the masks of their support and query passes.
  package typealias MaskedEpisodes = Pair<[Episode<Tensor>], [Parameters<Tensor>]>

  /// The gradient of the episodes of a pass, and the statistics of its normalised layers.
  package var step: Program<Parameters<Tensor>, MaskedEpisodes, MetaGradient<Tensor>> {
    Program(like: initialWeights(), item(0), shared: .whenLarge, within: .machine) {
      weights, item in
      learner.trainingGradient(
        at: weights, of: item.first, masks: item.second, smoothing: labelSmoothing)
    }
  }

  /// The episodes of the n-th pass of the run and their masks.
  package var item: @Sendable (Int) -> MaskedEpisodes.Arrays {
    let (backbone, episodes, together) = (backbone, episodes, episodesPerPass)
    let passesPerUpdate = passesPerUpdate
    let generator = Generator(seed: seed).split("episodic training")
    return { number in
      let own = (0..<together).map { episodes.episode(number * together + $0, of: generator) }
      // The network's own count: one pass of all support images of a step, one of all queries.
      let before = 2 * (number / passesPerUpdate)
      var masks = generator.split("masks", number)
      let drawn = [\Episode<ShapedArray>.support, \.query].enumerated().map { pass, side in
        backbone.masks(
          forImages: together * own[0][keyPath: side].inputs.shape[0],
          afterPasses: before + pass, using: &masks)
      }
      return Pair(own, drawn)
    }
  }
}
