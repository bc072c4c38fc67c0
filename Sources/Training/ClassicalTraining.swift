import Episodes
import Execution
import Experiments
import MetaLearners
import Networks
import Tensors

/// A backbone trained as the body of a classifier of all training classes at once.
///
/// The loss is the cross-entropy of a linear head on the features, plus a penalty that asks for
/// classes that lie apart, on batches of ``ClassPairs``. The outcome is the curve of that loss; the
/// trained backbone after every epoch is in the checkpoints.
///
/// - Reference: Goldblum et al., "Unraveling Meta-Learning", ICML 2020, section 4.4.
///   <https://arxiv.org/abs/2002.06753>
public struct ClassicalTraining<Net: Backbone>: BackboneTraining {
  /// What is trained.
  public var backbone: Net
  /// The batches of images.
  public var batches: ClassPairs
  /// What is added to the cross-entropy.
  public var penalty: SeparationPenalty
  /// For how long, at which rate; the batch counts images.
  public var schedule: Schedule
  /// The optimizer.
  public var optimizer: SGD
  /// What the initial weights, the batches and the masks are drawn from.
  public var seed: Int

  /// The training of a backbone for so many epochs, each a pass over the images unless told
  /// otherwise.
  public init(
    of backbone: Net, on batches: ClassPairs, penalty: SeparationPenalty = SeparationPenalty(),
    epochs: Int, iterationsPerEpoch: Int? = nil, rate: RateSchedule,
    optimizer: SGD = SGD(momentum: 0.9, isNesterov: true, weightDecay: 5e-4), seed: Int
  ) {
    precondition(
      backbone.imageShape == batches.images.imageShape,
      "a network for \(backbone.imageShape) cannot see images of \(batches.images.imageShape)")
    self.backbone = backbone
    self.batches = batches
    self.penalty = penalty
    schedule = Schedule(
      epochs: epochs, iterationsPerEpoch: iterationsPerEpoch ?? max(batches.batchesPerEpoch, 1),
      batch: batches.imagesPerBatch, rate: rate)
    self.optimizer = optimizer
    self.seed = seed
  }

  /// `classical-training`.
  public static var name: String { "classical-training" }

  private var head: Dense {
    Dense(
      inputs: backbone.features, outputs: batches.images.classes.count,
      initializer: .fanInUniform)
  }

  /// The weights before training: the backbone's, and the classifier's below `head/`.
  public func initialWeights() -> Parameters<ShapedArray> {
    var generator = Generator(seed: seed).split("initial weights")
    let body = backbone.initialWeights(using: &generator)
    return body.replacing(head.initialWeights(using: &generator).scoped("head"))
  }

  /// Trains, from the last checkpoint on.
  public func run(_ context: RunContext) async throws -> TrainingCurve {
    try await loop.run(from: start, context)
  }

  private var loop: OuterLoop<MetaGradientStep<MaskedBatch>> {
    // The batch is one item: its gradient is that of the mean over its images.
    var outer = schedule
    outer.batch = 1
    return OuterLoop(
      title: "classical training, seed \(seed)",
      step: MetaGradientStep(
        schedule: outer, optimizer: optimizer, gradient: step, item: item))
  }

  /// Its updates, to be measured.
  public var work: TrainingWork { TrainingWork(of: loop) { start } }

  /// The gradient of a batch, and the statistics of its normalised layers.
  package var step: Program<Parameters<Tensor>, MaskedBatch, MetaGradient<Tensor>> {
    Program(like: initialWeights(), item(0), shared: .whenLarge, within: .machine) {
      weights, item in
      let (batch, masks) = (item.first, item.second)
      let embedding = backbone.embedding(of: batch.inputs, weights, .training(masks: masks))
      let logits = embedding.features.labelled("head") { head($0, weights.scope("head")) }
      let pairs = embedding.features.reshaped(
        to: [batches.pairsPerBatch, 2, 2, backbone.features])
      let entropy = crossEntropy(logits, batch.targets)
      let loss = penalty(pairs).map { entropy + $0 } ?? entropy
      return MetaGradient(
        score: Score(loss: loss, accuracy: accuracy(logits, batch.targets)),
        gradient: gradient(of: loss, withRespectTo: weights),
        statistics: [embedding.statistics])
    }
  }

  /// A batch with the masks of its pass.
  package typealias MaskedBatch = Pair<Batch<Tensor>, Parameters<Tensor>>

  private var item: @Sendable (Int) -> MaskedBatch.Arrays {
    let (backbone, batches, iterations) = (backbone, batches, schedule.iterationsPerEpoch)
    let generator = Generator(seed: seed).split("classical training")
    return { number in
      let (epoch, place) = number.quotientAndRemainder(dividingBy: iterations)
      var masks = generator.split("masks", number)
      return Pair(
        batches.batch(place, ofEpoch: epoch, of: generator),
        backbone.masks(
          forImages: batches.imagesPerBatch, afterPasses: number, using: &masks))
    }
  }
}
