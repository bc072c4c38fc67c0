import Episodes
import Execution
import Experiments
import MetaLearners
import Networks
import Tensors

/// Ordinary classification of all training classes at once, by a softmax over all of them.
///
/// Every update takes a batch of images drawn uniformly, with replacement, from all classes.
public struct Pretraining<Net: Model>: TrainingRun {
  /// The network, with one output for every class.
  public var model: Net
  /// What it tells apart.
  public var images: LabelledImages
  /// For how long, at which rate; the batch counts images.
  public var schedule: Schedule
  /// The optimizer.
  public var optimizer: any Optimizer
  /// What the initial weights and the batches are drawn from.
  public var seed: Int

  /// The training of a classifier.
  public init(
    model: Net, images: LabelledImages, schedule: Schedule, optimizer: any Optimizer = Adam(),
    seed: Int
  ) {
    self.model = model
    self.images = images
    self.schedule = schedule
    self.optimizer = optimizer
    self.seed = seed
  }

  /// `pretraining`.
  public static var name: String { "pretraining" }

  private enum CodingKeys: String, CodingKey { case model, images, schedule, optimizer, seed }

  /// Writes all of it, the optimizer as what it is.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(model, forKey: .model)
    try container.encode(images, forKey: .images)
    try container.encode(schedule, forKey: .schedule)
    try container.encode(optimizer, forKey: .optimizer)
    try container.encode(seed, forKey: .seed)
  }

  /// The weights before training.
  public func initialWeights() -> Parameters<ShapedArray> {
    var generator = Generator(seed: seed).split("initial weights")
    return model.initialWeights(using: &generator)
  }

  /// The weights before training; batches are normalised by their own statistics.
  public func initialState() -> TrainedWeights { TrainedWeights(weights: initialWeights()) }

  /// Trains, from the last checkpoint on.
  public func run(_ context: RunContext) async throws -> TrainingCurve {
    let start = TrainingState(of: initialState(), optimizer: optimizer)
    let (images, count) = (images, schedule.batch)
    let generator = Generator(seed: seed).split("pretraining")
    // The batch is one item: its gradient is that of the mean over its images.
    var outer = schedule
    outer.batch = 1
    let step = MetaGradientStep<Batch<Tensor>>(
      schedule: outer, optimizer: optimizer,
      gradient: Program(
        like: start.parameters, images.batch(of: count, number: 0, generator), shared: .whenLarge,
        within: .machine
      ) { weights, batch in
        let logits = model(batch.inputs, weights)
        let score = Score(logits, batch.targets, by: .crossEntropy)
        return MetaGradient(
          score: score, gradient: gradient(of: score.loss, withRespectTo: weights))
      },
      item: { images.batch(of: count, number: $0, generator) })
    return try await OuterLoop(title: "pretraining, seed \(seed)", step: step).run(
      from: start, context)
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
