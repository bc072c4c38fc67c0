import Tensors

/// One pass of images through a backbone: the phase, and the statistics noted on the way.
struct ForwardPass {
  let phase: Phase
  private(set) var statistics = Parameters<Tensor>()

  init(_ phase: Phase) { self.phase = phase }

  /// Images normalised by the batch or by the running statistics of the layer.
  ///
  /// What is noted for the running variance is the unbiased one, as in PyTorch.
  mutating func normalized(
    _ x: Tensor, by normalization: BatchNormalization, _ weights: Parameters<Tensor>,
    layer name: String
  ) -> Tensor {
    let channels: Shape = [x.shape[-1]]
    switch phase {
    case .training:
      let moments = ChannelMoments(of: x)
      let count = Double(x.shape.count / x.shape[-1])
      precondition(count > 1, "the batch of \(name) has one place only, and so no variance")
      statistics[name + "/mean"] = moments.mean.reshaped(to: channels)
      statistics[name + "/variance"] =
        (count / (count - 1)) * moments.variance.reshaped(to: channels)
      return normalization.normalized(x, by: moments, weights)
    case .answering(let statistics):
      let moments = ChannelMoments(
        mean: statistics[name + "/mean"], variance: statistics[name + "/variance"])
      return normalization.normalized(x, by: moments, weights)
    }
  }

  /// Features multiplied by the mask of the layer, if it has one and this is training.
  func thinned(_ x: Tensor, layer name: String) -> Tensor {
    guard case .training(let masks) = phase, masks.names.contains(name) else { return x }
    return x * masks[name]
  }
}
