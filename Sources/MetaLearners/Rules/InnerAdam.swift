import Networks
import Tensors

/// Adam as an inner loop: the averages begin anew in every episode.
///
/// - Reference: Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2015, Algorithm 1.
///   <https://arxiv.org/abs/1412.6980>
public struct InnerAdam: UpdateRule, Hashable {
  private let kind = "inner adam"
  /// η.
  public var rate: Double
  /// The optimizer with its constants.
  public var adam: Adam

  /// What Adam carries through an inner loop; nothing before the first step.
  public typealias Memory = Parameters<Tensor>?

  /// Adam with a rate.
  public init(rate: Double, adam: Adam = Adam()) { (self.rate, self.adam) = (rate, adam) }

  /// No averages yet.
  public func initialMemory(from meta: Parameters<Tensor>) -> Memory { nil }

  /// A step of Adam.
  public func updated(
    _ step: InnerStep, from meta: Parameters<Tensor>, remembering averages: inout Memory
  ) -> Parameters<Tensor> {
    let pair = adam.updated(
      step.weights, along: step.gradient, state: averages ?? adam.initialState(of: step),
      rate: step.loss.constant(rate))
    averages = pair.second
    return pair.first
  }
}

extension Adam {
  /// The averages before the first step of an inner loop.
  fileprivate func initialState(of step: InnerStep) -> Parameters<Tensor> {
    let zeros = step.weights.map { $0.constant(0) }
    var state = zeros.scoped("mean").replacing(zeros.scoped("square"))
    state["mean-weight"] = step.loss.constant(0)
    state["square-weight"] = step.loss.constant(0)
    return state
  }
}
