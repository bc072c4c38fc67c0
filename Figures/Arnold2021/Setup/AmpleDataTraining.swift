import Episodes
import Execution
import Experiments
import Networks
import Tensors

/// Softmax regression trained on ample data of unseen classes: what a linear model could do.
///
/// For each of some random choices of classes, four fifths of their images train the model by Adam
/// on the whole batch; the rest judge it. The paper says "the best performance if the models are
/// trained by sufficient data from the meta-testing tasks" (section 5.1) and no more.
package struct AmpleDataTraining: Experiment {
  /// The unseen classes.
  package var images: LabelledImages
  /// The number of classes to tell apart.
  package var ways: Int
  /// How many choices of classes.
  package var episodes: Int
  /// The number of updates.
  package var steps: Int
  /// Adam's rate.
  package var rate = 0.01
  /// What classes and images are drawn from.
  package var seed: UInt64

  /// The training on some classes.
  init(images: LabelledImages, ways: Int, episodes: Int, steps: Int, seed: UInt64) {
    self.images = images
    self.ways = ways
    self.episodes = episodes
    self.steps = steps
    self.seed = seed
  }

  /// `ample-data-training`.
  package static var name: String { "ample-data-training" }

  /// The mean accuracy on held-out images.
  package func run(_ context: RunContext) async throws -> Double {
    let drawings = images.classes.map(\.images.count).min() ?? 0
    let shots = drawings * 4 / 5
    let source = try ClassificationEpisodes(
      images: images, ways: ways, shots: shots, queries: drawings - shots, rotations: .none)
    let root = Generator(seed: Int(seed)).split("ample data")
    let model = LinearNetwork(widths: [images.imageShape.count, ways])
    var generator = root.split("initial weights")
    let start = model.initialWeights(using: &generator)
    let adam = Adam()
    let initialState = adam.initialState(for: start)
    let example = source.episode(0, of: root)
    let update = Program(like: start, initialState, example.support) {
      (weights: Parameters<Tensor>, state: Parameters<Tensor>, batch: Batch<Tensor>) in
      let loss = crossEntropy(model(batch.inputs, weights), batch.targets)
      return adam.updated(
        weights, along: gradient(of: loss, withRespectTo: weights), state: state,
        rate: loss.scalar(rate))
    }
    let judge = Program(like: start, example.query) {
      (weights: Parameters<Tensor>, batch: Batch<Tensor>) in
      accuracy(model(batch.inputs, weights), batch.targets)
    }
    let (arena, judgeArena) = (update.makeArena(), judge.makeArena())
    var sum = 0.0
    for number in 0..<episodes {
      try Task.checkCancellation()
      let episode = source.episode(number, of: root)
      var (weights, state) = (start, initialState)
      for _ in 0..<steps {
        let step = update(weights, state, episode.support, in: arena)
        (weights, state) = (step.first, step.second)
      }
      sum += Double(judge(weights, episode.query, in: judgeArena).scalar)
    }
    return sum / Double(episodes)
  }
}
