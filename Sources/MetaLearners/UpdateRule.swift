import Networks
import Tensors

/// How a gradient becomes a change of the fast weights: what the variants of MAML differ in.
///
/// A rule may have parameters of its own, which the outer loop learns together with the weights
/// (rates, curvatures, a network), and a memory that lives through one inner loop (moving averages,
/// the state of a recurrent network, its own parameters where those adapt too).
public protocol UpdateRule: Encodable, Sendable {
  /// What the rule carries from one inner step to the next.
  associatedtype Memory = Void

  /// The rule's own meta-parameters before training, for the weights that it will adapt.
  func initialParameters(
    for weights: Parameters<ShapedArray>, using generator: inout some RandomNumberGenerator
  ) -> Parameters<ShapedArray>

  /// The memory before the first inner step, from the rule's meta-parameters.
  func initialMemory(from meta: Parameters<Tensor>) -> Memory

  /// The adapted weights after an inner step, from the rule's meta-parameters.
  func updated(
    _ step: InnerStep, from meta: Parameters<Tensor>, remembering memory: inout Memory
  ) -> Parameters<Tensor>
}

extension UpdateRule {
  /// No parameters.
  public func initialParameters(
    for weights: Parameters<ShapedArray>, using generator: inout some RandomNumberGenerator
  ) -> Parameters<ShapedArray> {
    Parameters()
  }
}

extension UpdateRule where Memory == Void {
  /// No memory.
  public func initialMemory(from meta: Parameters<Tensor>) {}
}

/// What an update rule sees at an inner step.
public struct InnerStep {
  /// The number of steps before this one.
  public let index: Int
  /// The adapted weights before the step, θ.
  public let weights: Parameters<Tensor>
  /// The support loss at them, L(θ).
  public let loss: Tensor
  /// Whether gradients are constants in the eyes of the outer loop.
  public let order: Order
  /// ∇L(θ).
  public let gradient: Parameters<Tensor>

  /// A step from weights at which the loss has been written down.
  public init(index: Int, weights: Parameters<Tensor>, loss: Tensor, order: Order) {
    self.index = index
    self.weights = weights
    self.loss = loss
    self.order = order
    gradient = order.gradient(of: loss, withRespectTo: weights)
  }

  private init(_ step: InnerStep, gradient: Parameters<Tensor>) {
    (index, weights, loss, order) = (step.index, step.weights, step.loss, step.order)
    self.gradient = gradient
  }

  /// The same step with another gradient, such as a clipped one.
  public func seeing(_ gradient: Parameters<Tensor>) -> InnerStep {
    InnerStep(self, gradient: gradient)
  }

  /// The support loss as something to look at: to first order a constant, like the gradient.
  public var observedLoss: Tensor { order == .first ? loss.stoppingGradient() : loss }

  /// The gradient of the support loss with respect to what the weights were made of.
  ///
  /// For rules that adapt their own parameters: the loss at θ depends on what led to θ.
  public func gradient(withRespectTo others: Parameters<Tensor>) -> Parameters<Tensor> {
    order.gradient(of: loss, withRespectTo: others)
  }
}

/// How far the outer loop differentiates through the inner one.
public enum Order: String, Codable, Sendable {
  /// Inner gradients are constants: first-order MAML, which needs no second derivatives.
  case first
  /// Inner gradients are functions of the weights: MAML.
  case second

  func gradient(
    of loss: Tensor, withRespectTo weights: Parameters<Tensor>
  ) -> Parameters<Tensor> {
    let slope = Tensors.gradient(of: loss, withRespectTo: weights)
    return self == .first ? slope.stoppingGradient() : slope
  }
}
