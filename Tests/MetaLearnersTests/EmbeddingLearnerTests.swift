import Episodes
import MetaLearners
import Networks
import Tensors
import TestSupport
import Testing

/// A backbone without layers: features are pixels times a matrix, less the mean of the pass while
/// training and the running one while answering.
private struct Projection: Backbone {
  var imageShape: Shape { [2, 3, 1] }
  var features: Int { 4 }

  func initialWeights(
    using generator: inout some RandomNumberGenerator
  ) -> Parameters<ShapedArray> {
    Parameters(
      names: ["matrix"], leaves: [Initializer.glorotUniform([6, 4], using: &generator)])
  }

  var initialStatistics: Parameters<ShapedArray> {
    Parameters(names: ["mean"], leaves: [.zeros([4])])
  }

  func masks(
    forImages count: Int, afterPasses passes: Int,
    using generator: inout some RandomNumberGenerator
  ) -> Parameters<ShapedArray> {
    Parameters(names: ["drop"], leaves: [ShapedArray(repeating: 1, shape: [count, 4])])
  }

  func embedding(
    of x: Tensor, _ weights: Parameters<Tensor>, _ phase: Phase
  ) -> Embedding {
    let y = x.flattened(from: 1).matmul(weights["matrix"])
    switch phase {
    case .training(let masks):
      let mean = y.mean(along: 0)
      return Embedding(
        features: masks["drop"] * (y - mean),
        statistics: Parameters(names: ["mean"], leaves: [mean]))
    case .answering(let statistics):
      return Embedding(features: y - statistics["mean"], statistics: Parameters())
    }
  }
}

struct EmbeddingLearnerTests {
  private typealias Training = Pair<[Episode<Tensor>], [Parameters<Tensor>]>

  private static func episode(_ seed: UInt64) -> Episode<ShapedArray> {
    var numbers = TestNumbers(seed: seed)
    func batch(_ perClass: Int) -> Batch<ShapedArray> {
      var labels = ShapedArray.zeros([3 * perClass, 3])
      var images = numbers.array([3 * perClass, 2, 3, 1])
      for image in 0..<3 * perClass {
        labels.scalars[3 * image + image / perClass] = 1
        images.scalars[6 * image + image / perClass] += 1
      }
      return Batch(inputs: images, targets: labels)
    }
    return Episode(support: batch(3), query: batch(2))
  }

  /// Loss, accuracy, gradient and statistics of a training pass, in double precision.
  private func results(
    _ learner: EmbeddingLearner<Projection, some Head>, at weights: [[Double]],
    episodes: [Episode<ShapedArray>] = [episode(1)], smoothing: Double = 0
  ) -> [[Double]] {
    var numbers = TestNumbers(seed: 3)
    let example = learner.initialWeights(using: &numbers)
    let count = episodes.count
    let masks = [9, 6].map {
      learner.backbone.masks(forImages: count * $0, afterPasses: 0, using: &numbers)
    }
    let item = Training.Arrays(episodes, masks)
    return Precision.reference.values(
      like: example, item,
      at: weights + Training.leaves(of: item).map { $0.scalars.map(Double.init) }
    ) { (weights: Parameters<Tensor>, item: Training) in
      learner.trainingGradient(
        at: weights, of: item.first, masks: item.second, smoothing: smoothing)
    }
  }

  private func start(
    _ learner: EmbeddingLearner<Projection, some Head>
  ) -> [[Double]] {
    var numbers = TestNumbers(seed: 3)
    return learner.initialWeights(using: &numbers).leaves.map {
      $0.scalars.map(Double.init)
    }
  }

  /// The gradient through the fit of the head, along the direction of equal changes, against a central
  /// difference.
  private func checkSlope(_ head: some Head) {
    let learner = EmbeddingLearner(Projection(), head: head, scale: .learned(from: 1.5))
    let weights = start(learner)
    func moved(_ length: Double) -> [[Double]] { weights.map { $0.map { $0 + length } } }
    let found = results(learner, at: weights, episodes: [Self.episode(1), Self.episode(2)])
    let slope = found[2...3].joined().reduce(0, +)
    func loss(_ length: Double) -> Double {
      results(
        learner, at: moved(length), episodes: [Self.episode(1), Self.episode(2)])[0][0]
    }
    let h = 1e-4
    let near = loss(h) - loss(-h)
    let far = loss(2 * h) - loss(-2 * h)
    #expect(abs((8 * near - far) / (12 * h) - slope) < 1e-8 * max(1, abs(slope)))
    #expect(abs(slope) > 1e-4)
  }

  @Test func gradientsPassThroughRidgeRegression() { checkSlope(RidgeRegression(ridge: 2)) }
  @Test func gradientsPassThroughPrototypes() { checkSlope(Prototypes()) }
  @Test func gradientsPassThroughTheMachine() { checkSlope(SupportVectorMachine()) }

  /// −log p is linear in the labels: smoothing mixes the losses of right and wrong ones.
  @Test func smoothedLabelsMixTheLosses() {
    let learner = EmbeddingLearner(Projection(), head: Prototypes())
    let weights = start(learner)
    func loss(_ smoothing: Double) -> Double {
      results(learner, at: weights, smoothing: smoothing)[0][0]
    }
    // The labels turned by one class and by two are all the wrong ones.
    func lossOfClasses(movedBy shift: Int) -> Double {
      var episode = Self.episode(1)
      for image in 0..<6 {
        for label in 0..<3 {
          episode.query.targets.scalars[3 * image + (label + shift) % 3] =
            image / 2 == label ? 1 : 0
        }
      }
      return results(learner, at: weights, episodes: [episode])[0][0]
    }
    let wrong = (lossOfClasses(movedBy: 1) + lossOfClasses(movedBy: 2)) / 2
    #expect(abs(loss(0.1) - (0.9 * loss(0) + 0.1 * wrong)) < 1e-12)
    #expect(loss(0.1) > loss(0))
  }

  @Test func episodesThatShareAPassShareItsMean() {
    let learner = EmbeddingLearner(Projection(), head: RidgeRegression())
    let weights = start(learner)
    let (a, b) = (Self.episode(1), Self.episode(2))
    let both = results(learner, at: weights, episodes: [a, b])
    let each = [a, b].map { results(learner, at: weights, episodes: [$0]) }
    // Score, gradient of the matrix, then the statistics of the support and of the query pass.
    #expect(both.count == 5)
    for pass in 3..<5 {
      let mean = zip(each[0][pass], each[1][pass]).map { ($0 + $1) / 2 }
      #expect(deviation([both[pass]], from: [mean]) < 1e-12)
    }
    #expect(abs(both[0][0] - (each[0][0][0] + each[1][0][0]) / 2) > 1e-6)
  }

  /// With the running mean at that of the images, an answer is what training would have said.
  @Test func answersUseRunningStatistics() {
    let learner = EmbeddingLearner(Projection(), head: Prototypes(), scale: .learned(from: 2))
    var numbers = TestNumbers(seed: 3)
    var meta = learner.initialParameters(using: &numbers)
    #expect(meta.names == ["model/matrix", "statistics/mean", "head/scale"])
    let episode = Self.episode(1)
    func answers() -> [Double] {
      let leaves = meta.leaves + Episode<Tensor>.leaves(of: episode)
      return Precision.reference.values(
        like: meta, episode, at: leaves.map { $0.scalars.map(Double.init) }
      ) { (meta: Parameters<Tensor>, episode: Episode<Tensor>) in
        learner.predictions(
          for: episode.query.inputs, after: episode.support, from: meta)
      }[0]
    }
    let first = answers()
    // Distances do not change with a mean; products do.
    meta["statistics/mean"] = ShapedArray([1, -2, 3, 0.5], shape: [4])
    #expect(deviation([answers()], from: [first]) < 1e-10)
    meta["head/scale"] = ShapedArray(4)
    #expect(deviation([answers()], from: [first.map { 2 * $0 }]) < 1e-10)
  }
}
