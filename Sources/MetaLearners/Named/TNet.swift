import Networks

extension GradientLearner where Rule == GradientDescent {
  /// T-Nets: a linear map after every layer, T, that the outer loop alone learns.
  ///
  /// The inner loop moves the filters, the head and its bias, W; T shapes the space in which it
  /// moves them. With T at the identity and nothing else held fixed this is MAML. The scale and
  /// shift of batch normalisation belong to the outer loop, as in the code of the method.
  ///
  /// - Parameters:
  ///   - model: The network, which is given the maps if it has none.
  ///   - rate: The inner rate.
  ///   - steps: The number of inner steps.
  ///   - order: Whether the outer gradient passes through the inner ones.
  /// - Returns: A learner that adapts what lies between the maps.
  /// - Reference: Lee and Choi, "Gradient-Based Meta-Learning with Learned Layerwise Metric and
  ///   Subspace", ICML 2018. <https://arxiv.org/abs/1801.05558>
  public static func tNet(
    _ model: ConvolutionalNetwork, rate: Double, steps: Int, order: Order = .second
  ) -> Self where Net == ConvolutionalNetwork {
    var warped = model
    warped.transform = .linear
    return Self(
      model: warped, rule: GradientDescent(rate: rate), steps: steps,
      adapts: .except(["transform", "scale", "shift"]), order: order)
  }
}
