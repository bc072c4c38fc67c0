import Episodes
import Execution
import Experiments
import MetaLearners
import Networks
import Tensors

/// Ordinary classification of all training classes at once, by a softmax over all of them.
///
/// Every update takes a batch of images drawn uniformly, with replacement, from all classes.
public struct Pretraining<Net: Model>: Experiment {
  /// The network, with one output for every class.
  public var model: Net
  /// What it tells apart.
  public var images: LabelledImages
  /// For how long, at which rate; the batch counts images.
  public var schedule: Schedule
  /// The optimizer.
  public var optimizer = Adam()
  /// What the initial weights and the batches are drawn from.
  public var seed: Int

  /// The training of a classifier.
  public init(
    model: Net, images: LabelledImages, schedule: Schedule, optimizer: Adam = Adam(), seed: Int
  ) {
    self.model = model
    self.images = images
    self.schedule = schedule
    self.optimizer = optimizer
    self.seed = seed
  }

  /// `pretraining`.
  public static var name: String { "pretraining" }

  /// The weights before training.
  public func initialWeights() -> Parameters<ShapedArray> {
    var generator = Generator(seed: seed).split("initial weights")
    return model.initialWeights(using: &generator)
  }

  /// Trains, from the last checkpoint on.
  public func run(_ context: RunContext) async throws -> TrainingCurve {
    let state = TrainingState(parameters: initialWeights(), optimizer: optimizer)
    let (images, count) = (images, schedule.batch)
    let generator = Generator(seed: seed).split("pretraining")
    // The batch is one item: its gradient is that of the mean over its images.
    var outer = schedule
    outer.batch = 1
    let loop = OuterLoop<Batch<Tensor>>(
      title: "pretraining, seed \(seed)", schedule: outer, optimizer: optimizer,
      gradient: Program(
        like: state.parameters, images.batch(of: count, number: 0, generator), shared: .whenLarge
      ) { weights, batch in
        let logits = model(batch.inputs, weights)
        let score = Score(logits, batch.targets, by: .crossEntropy)
        return MetaGradient(
          score: score, gradient: gradient(of: score.loss, withRespectTo: weights))
      },
      item: { images.batch(of: count, number: $0, generator) })
    return try await loop.run(from: state, context)
  }

  /// The weights in the checkpoint of an epoch.
  public func weights(
    afterEpoch epoch: Int, from runs: RunStore
  ) async throws -> Parameters<ShapedArray> {
    try await runs.checkpoint(of: self, afterEpoch: epoch).weights(like: initialWeights())
  }
}

extension LabelledImages {
  /// A batch of images of all classes, drawn with replacement, and their one-hot labels.
  fileprivate func batch(
    of count: Int, number: Int, _ generator: Generator
  ) -> Batch<ShapedArray> {
    var generator = generator.split("batches", number)
    var pixels: [Float] = []
    pixels.reserveCapacity(count * imageShape.count)
    var labels = [Float](repeating: 0, count: count * classes.count)
    for place in 0..<count {
      let label = generator.index(below: classes.count)
      let index = generator.index(below: classes[label].images.count)
      append(index, of: classes[label], turnedBy: 0, to: &pixels)
      labels[place * classes.count + label] = 1
    }
    return Batch(
      inputs: ShapedArray(pixels, shape: Shape([count] + imageShape.extents)),
      targets: ShapedArray(labels, shape: [count, classes.count]))
  }
}
