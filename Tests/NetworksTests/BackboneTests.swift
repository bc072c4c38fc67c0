import Networks
import Tensors
import TestSupport
import Testing

struct BackboneTests {
  @Test(arguments: [
    (R2D2Network(imageShape: [84, 84, 3]), 51_200), (R2D2Network(imageShape: [32, 32, 3]), 8192),
  ])
  func r2d2HasThePublishedSize(network: R2D2Network, features: Int) {
    #expect(network.features == features)
    check(network, parameters: 9 * (3 * 96 + 96 * 192 + 192 * 384 + 384 * 512) + 2 * 1184)
  }

  @Test(arguments: [(84, 5, 16_000), (32, 2, 2560)])
  func residualNetworkHasThePublishedSize(side: Int, block: Int, features: Int) {
    let network = ResidualNetwork(imageShape: [side, side, 3], blockSide: block)
    #expect(network.features == features)
    var parameters = 0
    for (inputs, filters) in [(3, 64), (64, 160), (160, 320), (320, 640)] {
      parameters += filters * (9 * inputs + 18 * filters + inputs + 8)
    }
    // The weights are as many at both sizes.
    if side == 32 { check(network, parameters: parameters) }
  }

  private func check(_ network: some Backbone, parameters: Int) {
    var words = TestNumbers(seed: 0)
    let weights = network.initialWeights(using: &words)
    #expect(weights.leaves.reduce(0) { $0 + $1.shape.count } == parameters)
    let normalised = weights.names.filter { $0.hasSuffix("/shift") }.map { $0.dropLast(6) }
    #expect(
      network.initialStatistics.names == normalised.flatMap { [$0 + "/mean", $0 + "/variance"] })
  }

  /// Features, batch statistics and gradients, while training and while answering.
  @Test(arguments: Precision.allCases)
  func agreesWithAnotherImplementation(precision: Precision) throws {
    for fixture in try Fixture.cases("backbones") {
      let side = fixture["side"].int
      let widths = fixture["widths"].list.map(\.int)
      if fixture["network"].text == "r2-d2" {
        var network = R2D2Network(imageShape: [side, side, 3])
        network.widths = widths
        check(network, fixture, precision)
      } else {
        var network = ResidualNetwork(imageShape: [side, side, 3], blockSide: nil)
        network.widths = widths
        check(network, fixture, precision)
      }
    }
  }

  private func check(_ network: some Backbone, _ fixture: Fixture, _ precision: Precision) {
    func arrays(_ key: String, _ names: String) -> Parameters<DoubleArray> {
      let names = fixture[names].list.map(\.text)
      return Parameters(names: names, leaves: names.map { fixture[key][$0].array })
    }
    let (images, probe) = (fixture["images"].array, fixture["probe"].array)
    let weights = arrays("weights", "names")
    let running = arrays("running", "statisticsNames")
    let masks = arrays("masks", "masksNames")
    let found = precision.values(
      like: images.single, probe.single, weights.single, running.single, masks.single,
      at: [images.values, probe.values] + weights.values + running.values + masks.values
    ) {
      (
        x: Tensor, probe: Tensor, weights: Parameters<Tensor>, running: Parameters<Tensor>,
        masks: Parameters<Tensor>
      ) in
      let training = network.embedding(of: x, weights, .training(masks: masks))
      let answers = network.features(of: x, weights, statistics: running)
      let slopes = [training.features, answers].map {
        gradient(of: $0.dot(probe), withRespectTo: weights)
      }
      return Pair(
        [training.features, answers], Pair([training.statistics], slopes))
    }
    var expected = [fixture["training"].array.values, fixture["answering"].array.values]
    expected += arrays("noted", "statisticsNames").values
    expected += arrays("trainingGradient", "names").values
    expected += arrays("answeringGradient", "names").values
    // Many numbers pass through four normalisations of a few places each.
    let tolerance = precision == .plan ? 1e-4 : 1e-9
    for (found, expected) in zip(found, expected) {
      #expect(deviation([found], from: [expected]) < tolerance)
    }
    #expect(found.count == expected.count)
  }

  @Test func runningStatisticsFollowBatches() {
    let running = Parameters(names: ["a/mean"], leaves: [ShapedArray([0, 10], shape: [2])])
    let batch = Parameters(names: ["a/mean"], leaves: [ShapedArray([1, 20], shape: [2])])
    #expect(running.folding(batch)["a/mean"].scalars == [0.1, 11])
    #expect(running.folding(batch, momentum: 1) == batch)
  }

  @Test func droppedElementsAreMadeUpFor() {
    let network = R2D2Network(imageShape: [32, 32, 3], widthFactor: 0.25)
    var words = TestNumbers(seed: 1)
    let masks = network.masks(forImages: 20, afterPasses: 0, using: &words)
    #expect(masks.names == ["block3", "block4"])
    #expect(masks["block3"].shape == [20, 4, 4, 96])
    for (mask, rate) in zip(masks.leaves, [0.1, 0.3]) {
      let kept = mask.scalars.filter { $0 != 0 }
      #expect(Set(kept) == [Float(1 / (1 - rate))])
      #expect(abs(Double(kept.count) / Double(mask.scalars.count) - (1 - rate)) < 0.02)
    }
  }

  @Test func blocksVanishMoreOftenWithTime() {
    let network = ResidualNetwork(imageShape: [84, 84, 3], widthFactor: 0.1, blockSide: 5)
    var words = TestNumbers(seed: 2)
    func zeros(_ mask: ShapedArray) -> Double {
      Double(mask.scalars.count { $0 == 0 }) / Double(mask.scalars.count)
    }
    let first = network.masks(forImages: 16, afterPasses: 0, using: &words)
    #expect(first["stage3"].scalars.allSatisfy { $0 == 1 })
    let half = network.masks(forImages: 16, afterPasses: 20_000, using: &words)
    let full = network.masks(forImages: 16, afterPasses: 90_000, using: &words)
    // γ is made for the wanted rate without overlaps, which cost a little.
    #expect(abs(zeros(full["stage3"]) - 0.095) < 0.02)
    #expect(abs(zeros(half["stage3"]) - 0.049) < 0.02)
    // On maps of the block's own side, all of a channel goes or nothing.
    let channels = full["stage4"].shape[3]
    for image in 0..<16 {
      for channel in 0..<channels {
        let places = (0..<25).map { full["stage4"].scalars[(image * 25 + $0) * channels + channel] }
        #expect(Set(places).count == 1)
      }
    }
    let sum = full["stage3"].scalars.reduce(0) { $0 + Double($1) }
    #expect(abs(sum / Double(full["stage3"].scalars.count) - 1) < 1e-6)
  }

  /// The bodies of the two have the same layers under the same names.
  @Test(arguments: Precision.allCases)
  func aBackboneWithAHeadIsTheNetwork(precision: Precision) {
    let shape: Shape = [16, 16, 3]
    let network = ConvolutionalNetwork(
      imageShape: shape, ways: 3, filters: 4, downsampling: .pooling(side: 2))
    let classifier = BackboneClassifier(
      ConvolutionalBackbone(imageShape: shape, filters: 4), ways: 3)
    var words = TestNumbers(seed: 3)
    let whole = network.initialWeights(using: &words)
    let start = classifier.initialWeights(using: &words)
    #expect(Set(start.names).isSubset(of: whole.names))
    #expect(start.scope("head").leaves.allSatisfy { $0.scalars.allSatisfy { $0 == 0 } })
    let images = words.array([6, 16, 16, 3], in: 0...1)
    func logits(_ model: some Model, _ weights: Parameters<ShapedArray>) -> [[Double]] {
      precision.values(
        like: images, weights,
        at: [images.scalars.map(Double.init)] + weights.leaves.map { $0.scalars.map(Double.init) }
      ) { (x: Tensor, weights: Parameters<Tensor>) in model(x, weights) }
    }
    let own = logits(classifier, whole.filter(start.names.contains))
    #expect(deviation(own, from: logits(network, whole)) < precision.tolerance)
  }
}
