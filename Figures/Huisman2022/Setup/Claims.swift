import Claims
import Experiments
import Reproduction

/// The claims of the sine experiments and of Theorem 1, written before their numbers were seen.
extension ClaimStatement {
  /// Figure 3.2, *second-order-matters-for-turtle*: with the paper's five hidden layers, at T = 1
  /// and at T = 5.
  public static let secondOrderMattersForTURTLE = ClaimStatement(
    "huisman2022/fig3-2-turtle-hyperparameters/second-order-matters-for-turtle",
    quotation: Quotation(
      "In contrast, this is not the case for TURTLE, where the first-order variant fails to "
        + "achieve a similar performance as second-order TURTLE.", at: "Section 3.5.1"),
    criteria: [1, 5, 10].map { steps in
      CriterionStatement(
        "T = \(steps)",
        statistic: "smallest validation MSE of first-order minus that of second-order TURTLE, "
          + "five hidden layers, paired by seed",
        rule: .positive, role: steps == 10 ? .accompanies : .decides)
    })

  /// Figure 3.2, *order-hardly-matters-for-maml*: within 15 % of the error.
  public static let orderHardlyMattersForMAML = ClaimStatement(
    "huisman2022/fig3-2-turtle-hyperparameters/order-hardly-matters-for-maml",
    quotation: Quotation(
      "As we can see, the difference between first- and second-order MAML is relatively small.",
      at: "Section 3.5.1"),
    criteria: [1, 5, 10].map { steps in
      CriterionStatement(
        "T = \(steps)",
        statistic: "smallest validation MSE of first-order minus that of second-order MAML, "
          + "divided by the latter, paired by seed",
        rule: .equivalent(margin: 0.15), role: steps == 10 ? .accompanies : .decides)
    })

  /// Figure 3.3, *turtle-beats-lstm*.
  public static let turtleBeatsLSTM = ClaimStatement(
    "huisman2022/fig3-3-sine-comparison/turtle-beats-lstm",
    quotation: Quotation(
      "As we can see, TURTLE, which uses second-order gradients, systematically outperforms the "
        + "meta-learner LSTM, which uses first-order gradients.", at: "Section 3.5.2"),
    criteria: [
      CriterionStatement(
        "error", statistic: "test MSE of the meta-learner LSTM minus that of TURTLE, by seed",
        rule: .positive)
    ])

  /// Figure 3.3, *turtle-beats-maml*: MAML with as many steps decides, other numbers accompany.
  public static let turtleBeatsMAML = ClaimStatement(
    "huisman2022/fig3-3-sine-comparison/turtle-beats-maml",
    quotation: Quotation(
      "We empirically demonstrate that TURTLE is capable of outperforming both MAML and the "
        + "(first-order) meta-learner LSTM on sine wave regression.", at: "Section 3.6"),
    criteria: [5, 1, 10].map { steps in
      CriterionStatement(
        "MAML with T = \(steps)",
        statistic: "test MSE of second-order MAML minus that of TURTLE (T = 5), by seed",
        rule: .positive, role: steps == 5 ? .decides : .accompanies)
    })

  /// Theorem 1, *identical-trajectories*.
  public static let identicalTrajectories = ClaimStatement(
    "huisman2022/theorem1-lstm-subsumes-maml/identical-trajectories",
    quotation: Quotation("The meta-learner LSTM subsumes MAML.", at: "Theorem 1"),
    criteria: [
      CriterionStatement(
        "difference",
        statistic: "largest difference of a weight along the inner loop, in units of the largest "
          + "weight or of one, for every α and seed, in double precision",
        rule: .below(threshold: 1e-10))
    ])
}
