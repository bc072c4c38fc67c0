import Episodes
import MetaLearners
import Networks
import Tensors
import TestSupport
import Testing

/// Learned rules where they begin: each is gradient descent, and so MAML, until it has learned.
struct MetaOptimizerTests {
  private typealias Family = GradientLearnerTests

  /// The meta-gradient with respect to the model agrees with that of MAML.
  private func checkIsMAML<Net: Model, Rule: UpdateRule>(
    _ learner: GradientLearner<Net, Rule>, rate: Double,
    meta: Parameters<ShapedArray>? = nil
  ) {
    var maml = MAML(learner.model, rate: rate, steps: learner.steps, order: learner.order)
    maml.adapts = learner.adapts
    let meta = meta ?? Family.meta(learner)
    let expected = Family.metaGradient(
      maml, at: meta.scope("model").scoped("model"), .reference)
    let found = Family.metaGradient(learner, at: meta, .reference)
    #expect(found.count > expected.count)
    #expect(deviation(Array(found.prefix(expected.count)), from: expected) < 1e-12)
  }

  @Test(arguments: [Order.first, .second], [Layers.all, .head])
  func metaCurvatureAtTheIdentityIsMAML(order: Order, adapts: Layers) {
    checkIsMAML(
      GradientLearner(
        model: Family.network, rule: MetaCurvature(rate: 0.3), steps: 3, adapts: adapts,
        order: order), rate: 0.3)
  }

  /// The rule's parameters leave the identity at the second step, so MAML is only the first.
  @Test(arguments: [MetaKFO.Factors.free, .semiDefinite], [Layers.all, .head])
  func metaKFOAtTheIdentityIsMAMLForOneStep(factors: MetaKFO.Factors, adapts: Layers) {
    checkIsMAML(
      GradientLearner(
        model: Family.network, rule: MetaKFO(rate: 0.3, factors: factors), steps: 1,
        adapts: adapts), rate: 0.3)
  }

  @Test func linearHiddenLayersAtTheIdentityAreOneLayer() {
    checkIsMAML(
      GradientLearner(
        model: Family.network,
        rule: MetaKFO(rate: 0.3, factors: .free, hiddenLayers: 2, activation: .identity), steps: 1),
      rate: 0.3)
  }

  /// Layers L₁, L₂, L₃ without a function between them are the one layer L₃L₂L₁, and R alike.
  @Test func linearHiddenLayersAreTheirProduct() {
    let weights = Parameters(names: ["weight"], leaves: [ShapedArray.zeros([2, 1])])
    var numbers = TestNumbers(seed: 4)
    let deep = MetaKFO(rate: 1, factors: .free, hiddenLayers: 1, activation: .identity)
    let shallow = MetaKFO(rate: 1, factors: .free)
    let (left, right) = (
      (0..<2).map { _ in numbers.array([1, 1]) },
      (0..<2).map { _ in
        numbers.array([2, 2])
      }
    )
    var deepOwn = Parameters<ShapedArray>()
    for layer in 0..<2 {
      deepOwn["weight/layer\(layer + 1)/left"] = left[layer]
      deepOwn["weight/layer\(layer + 1)/right"] = right[layer]
    }
    let direction = { (rule: MetaKFO, own: Parameters<ShapedArray>) in
      Precision.plan.values(like: weights, own, at: []) {
        (weights: Parameters<Tensor>, own: Parameters<Tensor>) in
        // L = 3w₁ − 5w₂ has the gradient (3, −5).
        let row = weights["weight"].reshaped(to: [2])
        let loss =
          3.0 * row.sliced(0..<1, along: 0).summed() - 5.0 * row.sliced(1..<2, along: 0).summed()
        var memory = rule.initialMemory(from: own)
        return rule.updated(
          InnerStep(index: 0, weights: weights, loss: loss, order: .second), from: own,
          remembering: &memory)
      }
    }
    var product = Parameters<ShapedArray>()
    product["weight/layer1/left"] = ShapedArray(
      [left[0].scalar * left[1].scalar], shape: [1, 1])
    product["weight/layer1/right"] = ShapedArray(
      (0..<4).map { place in
        let (row, column) = (place / 2, place % 2)
        return right[0].scalars[2 * row] * right[1].scalars[column]
          + right[0].scalars[2 * row + 1] * right[1].scalars[2 + column]
      }, shape: [2, 2])
    #expect(deviation(direction(deep, deepOwn), from: direction(shallow, product)) < 1e-6)
  }

  @Test func aNonlinearRuleCutsLargeGradients() {
    // tanh twice at the identity: small gradients pass, large ones are bounded by one.
    let rule = MetaKFO(rate: 1, factors: .free, hiddenLayers: 2)
    let weights = Parameters(names: ["bias"], leaves: [ShapedArray.zeros([2])])
    var numbers = TestNumbers(seed: 1)
    let own = rule.initialParameters(for: weights, using: &numbers)
    let moved = Precision.plan.values(like: weights, own, at: []) {
      (weights: Parameters<Tensor>, own: Parameters<Tensor>) in
      let bias = weights["bias"]
      let loss =
        1e-3 * bias.sliced(0..<1, along: 0).summed() + 50.0 * bias.sliced(1..<2, along: 0).summed()
      var memory = rule.initialMemory(from: own)
      return rule.updated(
        InnerStep(index: 0, weights: weights, loss: loss, order: .second), from: own,
        remembering: &memory)
    }[0]
    #expect(abs(moved[0] + 1e-3) < 1e-8)
    #expect(abs(moved[1] + 0.76159) < 1e-4)
  }

  @Test func metaKFOAdaptsItselfFromTheSecondStep() {
    let rule = MetaKFO(rate: 0.3)
    let learner = GradientLearner(model: Family.network, rule: rule, steps: 2)
    let plain = MAML(Family.network, rate: 0.3, steps: 2)
    let found = Family.metaGradient(learner, at: Family.meta(learner), .reference)
    let expected = Family.metaGradient(plain, at: Family.meta(plain), .reference)
    #expect(deviation(Array(found.prefix(expected.count)), from: expected) > 1e-3)
  }

  @Test(arguments: [["scale", "shift"], []])
  func tNetAtTheIdentityIsMAMLOfTheSameLayers(fixed: [String]) {
    let tNet = GradientLearner.tNet(
      Family.network, rate: 0.3, steps: 3, adapts: .except(["transform"] + fixed))
    let meta = Family.meta(tNet)
    var maml = MAML(Family.network, rate: 0.3, steps: 3)
    maml.adapts = .except(fixed)
    let names = meta.names.filter { !$0.hasSuffix("transform") }
    let plain = Parameters(names: names, leaves: names.map { meta[$0] })
    let expected = Family.metaGradient(maml, at: plain, .reference)
    let found = Family.metaGradient(tNet, at: meta, .reference)
    let shared =
      [found[0], found[1]]
      + zip(meta.names, found.dropFirst(2)).filter { names.contains($0.0) }.map(\.1)
    #expect(deviation(shared, from: expected) < 1e-12)
    #expect(meta.names.filter { $0.hasSuffix("transform") }.count == 3)
  }

  @Test func linNetIsPartOfTheHead() {
    var network = Family.network
    network.linearWidths = [5, 4]
    let anil = MAML.anil(network, rate: 0.3, steps: 2)
    let meta = Family.meta(anil)
    let moving = meta.scope("model").names.filter(anil.adapts.contains)
    #expect(
      moving == [
        "head/linear1/weight", "head/linear1/bias", "head/linear2/weight", "head/linear2/bias",
        "head/weight", "head/bias",
      ])
    #expect(meta["model/head/linear1/weight"].shape == [16, 5])
    #expect(meta["model/head/weight"].shape == [4, 3])
  }
}
