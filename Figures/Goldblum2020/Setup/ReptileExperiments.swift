import Episodes
import Experiments
import Measurements
import MetaLearners
import Networks
import Reproduction
import Tensors
import Training

/// Reptile, plain and weight-clustered, on Conv-4, and what is compared with it.
extension Conv4Experiments {
  package typealias Reptiles = ReptileTraining<ConvolutionalNetwork, ClassificationEpisodes>
  package typealias Tested = ReptileFinetuning<ConvolutionalNetwork, ClassificationEpisodes>
  package typealias TestEpisodes = MiniBatchedEpisodes<ClassificationEpisodes>

  private var settings: Conv4World.Reptile { world.reptile }

  /// Meta-training by Reptile, plain or with the world's coefficient.
  package func reptile(isClustered: Bool, seed: UInt64) throws -> Reptiles {
    try reptile(pull: isClustered ? settings.pull : 0, seed: seed)
  }

  /// Meta-training by Reptile; the pull is α times the constant in the gradient of R_i.
  func reptile(pull: Double, seed: UInt64) throws -> Reptiles {
    let settings = settings
    let iterations = settings.epochs * settings.iterations
    return try ReptileTraining(
      learner: Reptile(
        network(filters: settings.filters, seed: seed), batch: settings.batch,
        rate: settings.rate, clustering: pull / (2 * (1 - 1 / Double(settings.metaBatch)))),
      episodes: MiniBatchedEpisodes(
        episodes(of: images(seed: seed).train, shots: settings.shots, queries: 1),
        batch: settings.batch, batches: settings.batches),
      schedule: Schedule(
        epochs: settings.epochs, iterationsPerEpoch: settings.iterations,
        batch: settings.metaBatch, rate: .linear(start: 1, updates: iterations)),
      seed: Int(clamping: seed))
  }

  private func batch(shots: Int) -> Int { settings.testBatch[shots] ?? World.ways * shots }

  /// What fine-tunes from a training's end with so many shots.
  package func tested(_ training: Reptiles, shots: Int) -> Tested {
    ReptileFinetuning(from: training, batch: batch(shots: shots))
  }

  /// The mini-batches of unseen classes, and one query of each.
  package func finetuningEpisodes(shots: Int, seed: UInt64) throws -> TestEpisodes {
    try finetuningEpisodes(of: images(seed: seed).test, shots: shots)
  }

  private func finetuningEpisodes(of images: LabelledImages, shots: Int) throws -> TestEpisodes {
    try MiniBatchedEpisodes(
      episodes(of: images, shots: shots, queries: 1), batch: batch(shots: shots),
      batches: settings.testBatches)
  }

  /// The answers of Reptile with a pull to episodes of validation classes.
  package func validation(
    ofPull pull: Double, shots: Int, seed: UInt64
  ) throws -> Evaluation<Tested, TestEpisodes> {
    let training = try reptile(pull: pull, seed: seed)
    return try Evaluation(
      of: tested(training, shots: shots), afterEpochs: [training.schedule.epochs],
      on: finetuningEpisodes(of: choosing.data(seed: seed).validation, shots: shots),
      count: settings.testEpisodes, seed: training.seed)
  }

  /// The answers after fine-tuning by Reptile's steps.
  package func accuracy<Start: Trained>(
    finetuning start: Start, shots: Int
  ) throws -> Evaluation<Start, TestEpisodes> {
    try Evaluation(
      of: start, afterEpochs: [start.training.schedule.epochs],
      on: finetuningEpisodes(shots: shots, seed: UInt64(start.seed)),
      count: settings.testEpisodes, seed: start.seed)
  }

  /// How far the weights travel on the way.
  package func distances(
    _ start: Tested, shots: Int
  ) throws -> DistanceTravelled<Tested, TestEpisodes> {
    try Measurement(
      DistanceProbe(start, on: finetuningEpisodes(shots: shots, seed: UInt64(start.seed))),
      afterEpochs: [start.training.schedule.epochs], count: settings.testEpisodes, seed: start.seed)
  }

  package func firstOrderMAML(shots: Int, seed: UInt64) throws -> MetaLearned {
    var training = try maml(shots: shots, seed: seed)
    training.learner.model = network(filters: settings.filters, seed: seed)
    training.learner.order = .first
    return training
  }

  /// Its answers, to one query of each class.
  package func accuracy(
    ofFirstOrder training: MetaLearned, shots: Int
  ) throws -> Evaluation<MetaLearned, ClassificationEpisodes> {
    try Evaluation(
      of: training, afterEpochs: [training.schedule.epochs],
      on: episodes(of: images(seed: UInt64(training.seed)).test, shots: shots, queries: 1),
      count: settings.testEpisodes, seed: training.seed)
  }

  /// The same network as the body of a classifier, fine-tuned with a new head as Reptile is.
  package func classifier(shots: Int, seed: UInt64) throws -> ClassifierFinetuning {
    ClassifierFinetuning(
      training: try classical(filters: settings.filters, scaling: nil, seed: seed),
      learner: Reptile(
        network(filters: settings.filters, seed: seed), batch: batch(shots: shots),
        rate: settings.rate))
  }
}

/// A classifier whose head is drawn anew, then fine-tuned by Reptile's steps.
package struct ClassifierFinetuning: Trained {
  package var training: Conv4Experiments.Classical
  package var learner: Reptile<ConvolutionalNetwork>

  package var seed: Int { training.seed }

  package func metaParameters(
    of trained: TrainedWeights, afterEpoch epoch: Int
  ) -> Parameters<ShapedArray> {
    var generator = Generator(seed: seed).split("new head")
    let drawn = learner.model.initialWeights(using: &generator)
    let body = trained.weights.filter { !$0.hasPrefix("head/") }
    return learner.metaParameters(start: drawn.replacing(body), state: nil)
  }
}
