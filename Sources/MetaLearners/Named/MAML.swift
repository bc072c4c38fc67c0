import Networks

/// Model-agnostic meta-learning: gradient descent from a learned start.
///
/// - Reference: Finn, Abbeel and Levine, 2017. <https://arxiv.org/abs/1703.03400>
public typealias MAML<Net: Model> = GradientLearner<Net, GradientDescent>

extension GradientLearner where Rule == GradientDescent {
  /// MAML; with `order: .first`, first-order MAML.
  public init(
    _ model: Net, rate: Double, steps: Int, order: Order = .second, loss: Loss = .crossEntropy
  ) {
    self.init(
      model: model, rule: GradientDescent(rate: rate), steps: steps, order: order, loss: loss)
  }

  /// Almost no inner loop: only the head adapts.
  ///
  /// - Reference: Raghu, Raghu, Bengio and Vinyals, "Rapid Learning or Feature Reuse?", 2020.
  ///   <https://arxiv.org/abs/1909.09157>
  public static func anil(
    _ model: Net, rate: Double, steps: Int, order: Order = .second, loss: Loss = .crossEntropy
  ) -> Self {
    Self(
      model: model, rule: GradientDescent(rate: rate), steps: steps, adapts: .head, order: order,
      loss: loss)
  }
}
