import Networks
import Tensors

extension GradientLearner {
  /// Meta-parameters that begin with what ordinary classification has learned.
  ///
  /// The body's weights are those of a network trained on all classes at once; the head is drawn
  /// anew, since its classes are others. Adapting from here is the finetuning baseline of Guiroy,
  /// Verma and Pal (2019), which moves all weights with the steps and the rate of MAML.
  ///
  /// The pretrained network must have this model's body: the same names and shapes but for `head`.
  public func parameters(
    finetuning pretrained: Parameters<ShapedArray>,
    using generator: inout some RandomNumberGenerator
  ) -> Parameters<ShapedArray> {
    let start = initialParameters(using: &generator)
    let body = pretrained.filter { !Layers.head.contains($0) }.scoped("model")
    for (name, leaf) in zip(body.names, body.leaves) {
      precondition(
        start.names.contains(name) && start[name].shape == leaf.shape,
        "\(name) of shape \(leaf.shape) does not fit the model to be finetuned")
    }
    return start.replacing(body)
  }
}
