import Episodes
import Networks
import Tensors

/// The family of MAML: fast weights follow the support gradient from a learned start.
///
/// θ₀ = θ, θ_{t+1} = U(θ_t, ∇L_support(θ_t)) for t < T, with the rule U. The outer loop learns θ
/// (below `model`) and what the rule has of its own (below `rule`) by the gradient of the query
/// loss at θ_T.
///
/// - Reference: Finn, Abbeel and Levine, "Model-Agnostic Meta-Learning for Fast Adaptation of Deep
///   Networks", 2017, Algorithm 2. <https://arxiv.org/abs/1703.03400>
public struct GradientLearner<Net: Model, Rule: UpdateRule>: AdaptingLearner {
  private let kind = "\(Self.self)"
  /// What is adapted.
  public var model: Net
  /// U.
  public var rule: Rule
  /// T, the number of inner steps.
  public var steps: Int
  /// Which weights move in the inner loop.
  public var adapts = Layers.all
  /// Whether the outer gradient passes through the inner gradients.
  public var order = Order.second
  /// What the inner loop descends and the outer loop judges by.
  public var loss = Loss.crossEntropy

  /// A learner that adapts a model by so many steps of a rule.
  public init(
    model: Net, rule: Rule, steps: Int, adapts: Layers = .all, order: Order = .second,
    loss: Loss = .crossEntropy
  ) {
    precondition(steps >= 0, "an inner loop cannot have \(steps) steps")
    self.model = model
    self.rule = rule
    self.steps = steps
    self.adapts = adapts
    self.order = order
    self.loss = loss
  }

  /// The model's weights below `model`, the rule's own parameters below `rule`.
  public func initialParameters(
    using generator: inout some RandomNumberGenerator
  ) -> Parameters<ShapedArray> {
    let weights = model.initialWeights(using: &generator)
    let own = rule.initialParameters(for: weights.filter(adapts.contains), using: &generator)
    return weights.scoped("model").replacing(own.scoped("rule"))
  }

  /// The inner loop on a support set.
  public func adaptation(
    to support: Batch<Tensor>, from meta: Parameters<Tensor>
  ) -> Adaptation {
    var adaptation = Adaptation(from: meta.scope("model"))
    let own = meta.scope("rule")
    var memory = rule.initialMemory(from: own)
    for index in 0..<steps {
      support.inputs.graph.segment {
        let supportLoss = loss(on: support, adaptation.weights)
        let step = InnerStep(
          index: index, weights: adaptation.weights.filter(adapts.contains), loss: supportLoss,
          order: order)
        let adapted = rule.updated(step, from: own, remembering: &memory)
        adaptation.step(to: adapted, descending: supportLoss)
      }
    }
    return adaptation
  }

  /// The model's outputs.
  public func outputs(for inputs: Tensor, with weights: Parameters<Tensor>) -> Tensor {
    model(inputs, weights)
  }
}
