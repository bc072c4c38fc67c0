import Episodes
import Networks
import Tensors

/// A meta-learner that adapts weights step by step, so that its path can be measured.
public protocol AdaptingLearner: MetaLearner {
  /// Which of the model's weights move.
  var adapts: Layers { get }

  /// The inner loop on a support set.
  func adaptation(
    to support: Batch<Tensor>, from meta: Parameters<Tensor>
  ) -> Adaptation

  /// The model's outputs for some inputs with some weights.
  func outputs(for inputs: Tensor, with weights: Parameters<Tensor>) -> Tensor
}

extension AdaptingLearner {
  /// The loss of the model on a batch.
  public func loss(on batch: Batch<Tensor>, _ weights: Parameters<Tensor>) -> Tensor {
    loss(outputs(for: batch.inputs, with: weights), batch.targets)
  }

  /// The answers with the weights after the inner loop.
  public func predictions(
    for query: Tensor, after support: Batch<Tensor>, from meta: Parameters<Tensor>
  ) -> Tensor {
    outputs(for: query, with: adaptation(to: support, from: meta).weights)
  }

  /// The answers before the inner loop and after each of its steps.
  public func predictionsAtEveryStep(
    for query: Tensor, after support: Batch<Tensor>, from meta: Parameters<Tensor>
  ) -> [Tensor] {
    adaptation(to: support, from: meta).trajectory.map { outputs(for: query, with: $0) }
  }
}
