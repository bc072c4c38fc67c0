import Episodes
import Foundation
import MetaLearners
import Networks
import Tensors
import TestSupport
import Testing

/// Learned update rules with weights set by hand are rules that need no learning.
struct LearnedRuleTests {
  private static let model = Perceptron(widths: [1, 6, 1], activation: .tanh)

  private static let manyWeights = Perceptron(widths: [1, 80, 100, 1], activation: .tanh)

  private static let episode: Episode<ShapedArray> = {
    var generator = Generator(seed: 5)
    return Sinusoids(shots: 5, queries: 7, convention: .added).episode(using: &generator)
  }()

  /// The meta-gradient in double precision, its part for the model, from given meta-parameters.
  private static func metaGradient<Rule: UpdateRule>(
    _ rule: Rule, of model: Perceptron = model, steps: Int = 3, order: Order = .second,
    setting own: (inout Parameters<ShapedArray>) -> Void = { _ in }
  ) -> [[Double]] {
    let learner = GradientLearner(
      model: model, rule: rule, steps: steps, order: order, loss: .meanSquaredError)
    var generator = Generator(seed: 1)
    var meta = learner.initialParameters(using: &generator)
    own(&meta)
    let leaves = meta.leaves + Episode<Tensor>.leaves(of: episode)
    let found = Precision.reference.values(
      like: meta, episode, at: leaves.map { $0.scalars.map(Double.init) }
    ) { (meta: Parameters<Tensor>, episode: Episode<Tensor>) in
      learner.metaGradient(at: meta, of: episode)
    }
    let isModel = meta.names.map { $0.hasPrefix("model/") }
    return [found[0]] + zip(found.dropFirst(2), isModel).compactMap { $1 ? $0 : nil }
  }

  @Test(arguments: [Order.first, .second])
  func aLinearTURTLEIsGradientDescent(order: Order) {
    let rate = Float(0.03)
    let found = Self.metaGradient(TURTLE(hiddenLayers: 0), order: order) { meta in
      meta["rule/network/head/weight"] = ShapedArray([-rate], shape: [1, 1])
    }
    let expected = Self.metaGradient(GradientDescent(rate: Double(rate)), order: order)
    #expect(deviation(found, from: expected) < 1e-13)
  }

  /// relu(g) − relu(−g) = g, through as many layers as there are, for all weights at once and for so
  /// many that the network sees them in parts.
  @Test(arguments: [(1, model), (2, model), (5, model), (2, manyWeights)])
  func aDeepTURTLECanBeMetaSGD(layers: Int, model: Perceptron) {
    let rule = TURTLE(hiddenLayers: layers, width: 2, rates: .learned(from: 0...0.1))
    var rates: [Float] = []
    let found = Self.metaGradient(rule, of: model) { meta in
      rates = meta["rule/rates"].scalars
      meta["rule/network/dense1/weight"] = ShapedArray([1, -1], shape: [1, 2])
      for layer in 2..<max(layers + 1, 2) {
        meta["rule/network/dense\(layer)/weight"] = ShapedArray([1, 0, 0, 1], shape: [2, 2])
      }
      meta["rule/network/head/weight"] = ShapedArray([-1, 1], shape: [2, 1])
    }
    let expected = Self.metaGradient(MetaSGD(initialRate: 0), of: model) { meta in
      var first = 0
      for name in meta.names where name.hasPrefix("rule/") {
        let shape = meta[name].shape
        meta[name] = ShapedArray(Array(rates[first..<first + shape.count]), shape: shape)
        first += shape.count
      }
    }
    #expect(deviation(found, from: expected) < 1e-12)
  }

  @Test(arguments: [LSTMOptimizer.Input.logarithms, .gradient])
  func anLSTMWithSaturatedGatesIsGradientDescent(input: LSTMOptimizer.Input) {
    let bias = Float(-2.5)
    let found = Self.metaGradient(LSTMOptimizer(input: input, hidden: 4)) { meta in
      for gate in ["forget", "rate"] {
        meta["rule/\(gate)/weight"] = .zeros(meta["rule/\(gate)/weight"].shape)
      }
      meta["rule/forget/bias"] = ShapedArray([40], shape: [1, 1])
      meta["rule/rate/bias"] = ShapedArray([bias], shape: [1, 1])
    }
    let expected = Self.metaGradient(GradientDescent(rate: 1 / (1 + exp(-Double(bias)))))
    #expect(deviation(found, from: expected) < 1e-12)
  }

  @Test func aForgetGateDecaysWeights() {
    let rule = LSTMOptimizer(input: .gradient, hidden: 2, gradientScale: 0)
    let learner = GradientLearner(model: Self.model, rule: rule, steps: 2, loss: .meanSquaredError)
    var generator = Generator(seed: 1)
    var meta = learner.initialParameters(using: &generator)
    meta["rule/forget/weight"] = .zeros([4, 1])
    meta["rule/forget/bias"] = ShapedArray([0], shape: [1, 1])
    let found = Precision.reference.values(
      like: meta, Self.episode.support,
      at: (meta.leaves + Batch<Tensor>.leaves(of: Self.episode.support)).map {
        $0.scalars.map(Double.init)
      }
    ) { (meta: Parameters<Tensor>, support: Batch<Tensor>) in
      learner.adaptation(to: support, from: meta).weights
    }
    let quarter = meta.scope("model").leaves.map { $0.scalars.map { Double($0) / 4 } }
    #expect(deviation(found, from: quarter) < 1e-14)
  }

  @Test func clippingBitesOnlyBeyondItsBound() {
    let plain = Self.metaGradient(GradientDescent(rate: 0.01))
    let loose = Self.metaGradient(ClippedGradient(GradientDescent(rate: 0.01), at: 1e6))
    let tight = Self.metaGradient(ClippedGradient(GradientDescent(rate: 0.01), at: 0.01))
    #expect(loose == plain)
    #expect(deviation(tight, from: plain) > 1e-3)
  }

  /// With gradients that are clipped everywhere, the weights move by bound × rate each step.
  @Test func aClippedGradientHasTheBoundsSize() {
    let learner = GradientLearner(
      model: Self.model, rule: ClippedGradient(GradientDescent(rate: 0.5), at: 1e-9), steps: 1,
      loss: .meanSquaredError)
    var generator = Generator(seed: 1)
    let meta = learner.initialParameters(using: &generator)
    let found = Precision.reference.values(
      like: meta, Self.episode.support,
      at: (meta.leaves + Batch<Tensor>.leaves(of: Self.episode.support)).map {
        $0.scalars.map(Double.init)
      }
    ) { (meta: Parameters<Tensor>, support: Batch<Tensor>) in
      learner.adaptation(to: support, from: meta).displacement
    }
    #expect(found.joined().allSatisfy { abs(abs($0) - 0.5e-9) < 1e-15 })
  }
}
