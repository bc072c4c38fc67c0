import Episodes
import MetaLearners
import Networks
import Tensors
import TestSupport
import Testing

/// What every learner of the family must do, and how its members are related.
struct GradientLearnerTests {
  static let network: ConvolutionalNetwork = {
    var network = ConvolutionalNetwork(
      imageShape: [6, 6, 1], ways: 3, depth: 2, filters: 4, downsampling: .stride(2))
    network.activation = .tanh
    return network
  }()

  static let episode: Episode<ShapedArray> = {
    var numbers = TestNumbers(seed: 5)
    func batch(_ perClass: Int) -> Batch<ShapedArray> {
      var labels = ShapedArray.zeros([3 * perClass, 3])
      for image in 0..<3 * perClass { labels.scalars[3 * image + image / perClass] = 1 }
      return Batch(inputs: numbers.array([3 * perClass, 6, 6, 1]), targets: labels)
    }
    return Episode(support: batch(2), query: batch(3))
  }()

  static func meta(_ learner: some MetaLearner) -> Parameters<ShapedArray> {
    var numbers = TestNumbers(seed: 3)
    return learner.initialParameters(using: &numbers)
  }

  static func metaGradient(
    _ learner: some MetaLearner, at meta: Parameters<ShapedArray>, _ precision: Precision,
    episode: Episode<ShapedArray> = episode
  ) -> [[Double]] {
    let leaves = meta.leaves + Episode<Tensor>.leaves(of: episode)
    return precision.values(
      like: meta, episode, at: leaves.map { $0.scalars.map(Double.init) }
    ) { (meta: Parameters<Tensor>, episode: Episode<Tensor>) in
      learner.metaGradient(at: meta, of: episode)
    }
  }

  @Test func noStepsChangeNothing() {
    let learner = MAML(Self.network, rate: 0.4, steps: 0)
    let meta = Self.meta(learner)
    let expected = Precision.reference.values(
      like: meta, Self.episode,
      at: (meta.leaves + Episode<Tensor>.leaves(of: Self.episode)).map {
        $0.scalars.map(Double.init)
      }
    ) { (meta: Parameters<Tensor>, episode: Episode<Tensor>) in
      let loss = crossEntropy(
        Self.network(episode.query.inputs, meta.scope("model")), episode.query.targets)
      return [loss] + gradient(of: loss, withRespectTo: meta.leaves)
    }
    let found = Self.metaGradient(learner, at: meta, .reference)
    #expect([found[0]] + found.dropFirst(2) == expected)
  }

  @Test func theSupportLossFalls() {
    let learner = MAML(Self.network, rate: 0.1, steps: 5)
    let meta = Self.meta(learner)
    let losses = Precision.plan.values(
      like: meta, Self.episode.support,
      at: []
    ) { (meta: Parameters<Tensor>, support: Batch<Tensor>) in
      learner.adaptation(to: support, from: meta).supportLosses
    }.map { $0[0] }
    #expect(losses.count == 5)
    #expect(zip(losses, losses.dropFirst()).allSatisfy { $0 > $1 })
  }

  @Test(arguments: [Order.second])
  func theMetaGradientIsTheSlopeOfTheQueryLoss(order: Order) {
    let learner = GradientLearner(
      model: Self.network, rule: MetaSGD(initialRate: 0.3), steps: 2, order: order)
    let meta = Self.meta(learner)
    let leaves = (meta.leaves + Episode<Tensor>.leaves(of: Self.episode)).map {
      $0.scalars.map(Double.init)
    }
    let loss = { (leaves: [[Double]]) in
      Precision.reference.values(like: meta, Self.episode, at: leaves) {
        (meta: Parameters<Tensor>, episode: Episode<Tensor>) in
        learner.metaGradient(at: meta, of: episode).score.loss
      }[0][0]
    }
    let gradient = Array(Self.metaGradient(learner, at: meta, .reference).dropFirst(2))
    let scale = gradient.joined().map(abs).max() ?? 0
    // A few elements of every leaf: weights, shifts and learned rates.
    for leaf in meta.leaves.indices {
      for element in stride(from: 0, to: leaves[leaf].count, by: max(leaves[leaf].count / 2, 1)) {
        var (above, below) = (leaves, leaves)
        above[leaf][element] += 1e-5
        below[leaf][element] -= 1e-5
        let difference = (loss(above) - loss(below)) / 2e-5
        #expect(abs(difference - gradient[leaf][element]) < 1e-6 * scale, "\(meta.names[leaf])")
      }
    }
  }

  @Test func theOrderOfTheSupportDoesNotMatter() {
    let learner = MAML(Self.network, rate: 0.3, steps: 3)
    let meta = Self.meta(learner)
    var permuted = Self.episode
    let order = [4, 0, 5, 2, 1, 3]
    permuted.support = Batch(
      inputs: ShapedArray(stacking: order.map { Self.episode.support.inputs[$0] }),
      targets: ShapedArray(stacking: order.map { Self.episode.support.targets[$0] }))
    let found = Self.metaGradient(learner, at: meta, .reference, episode: permuted)
    #expect(deviation(found, from: Self.metaGradient(learner, at: meta, .reference)) < 1e-12)
  }

  @Test(arguments: [Order.first, .second])
  func metaSGDWithEqualRatesIsMAML(order: Order) {
    let maml = MAML(Self.network, rate: 0.25, steps: 3, order: order)
    let metaSGD = GradientLearner(
      model: Self.network, rule: MetaSGD(initialRate: 0.25), steps: 3, order: order)
    let meta = Self.meta(metaSGD)
    let expected = Self.metaGradient(maml, at: Self.meta(maml), .reference)
    let found = Self.metaGradient(metaSGD, at: meta, .reference)
    #expect(deviation(Array(found.prefix(expected.count)), from: expected) < 1e-13)
  }

  @Test func anilOfAModelThatIsAllHeadIsMAML() {
    let head = Perceptron(widths: [36, 3])
    var episode = Self.episode
    episode.support.inputs = episode.support.inputs.reshaped(to: [6, 36])
    episode.query.inputs = episode.query.inputs.reshaped(to: [9, 36])
    let (anil, maml) = (MAML.anil(head, rate: 0.3, steps: 3), MAML(head, rate: 0.3, steps: 3))
    let meta = Self.meta(maml)
    #expect(
      Self.metaGradient(anil, at: meta, .plan, episode: episode)
        == Self.metaGradient(maml, at: meta, .plan, episode: episode))
  }

  @Test func anilMovesTheHeadAlone() {
    let learner = MAML.anil(Self.network, rate: 0.3, steps: 2)
    let meta = Self.meta(learner)
    let displacement = Precision.plan.values(like: meta, Self.episode.support, at: []) {
      (meta: Parameters<Tensor>, support: Batch<Tensor>) in
      learner.adaptation(to: support, from: meta).displacement
    }
    for (name, change) in zip(meta.names, displacement) {
      #expect(change.contains { $0 != 0 } == name.hasPrefix("model/head"), "\(name)")
    }
  }

  /// θ′ = θ − α∇L and query = support: ∇θ L(θ′) = (I − αH)∇L(θ′), of which first order drops H.
  @Test func oneStepOfSecondOrderIsFirstOrderTimesOneMinusTheHessian() {
    let (rate, network) = (0.2, Perceptron(widths: [2, 1]))
    let first = MAML(network, rate: rate, steps: 1, order: .first, loss: .meanSquaredError)
    var second = first
    second.order = .second
    var numbers = TestNumbers(seed: 8)
    let batch = Batch(inputs: numbers.array([5, 2]), targets: numbers.array([5, 1]))
    let episode = Episode(support: batch, query: batch)
    let meta = Self.meta(first)
    let fo = Self.metaGradient(first, at: meta, .reference, episode: episode).dropFirst(2)
    let so = Self.metaGradient(second, at: meta, .reference, episode: episode).dropFirst(2)
    // The Hessian of the mean squared error of xW + b is 2/n Σ (x, 1)(x, 1)ᵀ.
    let g = Array(fo.joined())
    var expected = g
    for point in 0..<5 {
      let x = [
        Double(batch.inputs.scalars[2 * point]), Double(batch.inputs.scalars[2 * point + 1]), 1,
      ]
      let product = zip(x, g).reduce(0) { $0 + $1.0 * $1.1 }
      for index in 0..<3 { expected[index] -= rate * 2 / 5 * x[index] * product }
    }
    #expect(deviation([Array(so.joined())], from: [expected]) < 1e-12)
  }

  @Test func theLossPerShotIsTheMeanTimesTheWays() {
    let mean = MAML(Self.network, rate: 0.3, steps: 2)
    let perShot = MAML(Self.network, rate: 0.1, steps: 2, loss: .crossEntropyPerShot)
    let meta = Self.meta(mean)
    let expected = Self.metaGradient(mean, at: meta, .reference)
    let found = Self.metaGradient(perShot, at: meta, .reference)
    #expect(
      deviation(found.dropFirst(2).map { $0.map { $0 / 3 } }, from: Array(expected.dropFirst(2)))
        < 1e-12)
  }

  @Test func finetuningKeepsTheBodyAndDrawsANewHead() {
    var classifier = Self.network
    classifier.ways = 40
    var numbers = TestNumbers(seed: 9)
    let pretrained = classifier.initialWeights(using: &numbers)
    let start = MAML(Self.network, rate: 0.1, steps: 5).parameters(
      finetuning: pretrained, using: &numbers)
    #expect(start["model/block2/filter"] == pretrained["block2/filter"])
    #expect(start["model/head/weight"].shape == [16, 3])
    #expect(start["model/head/bias"] == .zeros([3]))
  }
}
