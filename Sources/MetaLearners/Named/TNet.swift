import Networks

extension GradientLearner where Rule == GradientDescent {
  /// T-Nets: a linear map after every layer, T, that the outer loop alone learns.
  ///
  /// The inner loop moves the filters, the head and its bias, W; T shapes the space in which it
  /// moves them. With T at the identity this is MAML of the same layers.
  ///
  /// - Parameters:
  ///   - model: The network, which is given the maps if it has none.
  ///   - rate: The inner rate.
  ///   - steps: The number of inner steps.
  ///   - adapts: What the inner loop moves, which T is no part of. In the code of the method the scale
  ///     and shift of batch normalisation belong to the outer loop as well.
  ///   - order: Whether the outer gradient passes through the inner ones.
  /// - Returns: A learner that adapts what lies between the maps.
  /// - Reference: Lee and Choi, "Gradient-Based Meta-Learning with Learned Layerwise Metric and
  ///   Subspace", ICML 2018. <https://arxiv.org/abs/1801.05558>
  public static func tNet(
    _ model: ConvolutionalNetwork, rate: Double, steps: Int,
    adapts: Layers = .except(["transform", "scale", "shift"]), order: Order = .second
  ) -> Self where Net == ConvolutionalNetwork {
    precondition(!adapts.contains("transform"), "the inner loop of T-Nets leaves T alone")
    var warped = model
    warped.transform = .linear
    return Self(
      model: warped, rule: GradientDescent(rate: rate), steps: steps,
      adapts: adapts, order: order)
  }
}
