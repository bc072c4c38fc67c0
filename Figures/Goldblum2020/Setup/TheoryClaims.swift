import Claims
import Reproduction
import Statistics

extension ClaimStatement {
  /// Theorem 1, *bound-holds*.
  public static let boundHolds = ClaimStatement(
    "goldblum2020/theorem1-variance-bound/bound-holds",
    quotation: Quotation(
      "This classifier assigns the correct label to z with probability at least 1 − 32ε/(1 − ε).",
      at: "Theorem 1"),
    criteria: [
      CriterionStatement(
        "margin",
        statistic: "Wilson's one-sided 95 % limit of the accuracy, over the trials of all seeds, "
          + "minus the bound, for every distribution and every ε ≤ 0.03",
        rule: .positive)
    ])

  /// Figure 1, *boundary-stability*.
  public static let boundaryStability = ClaimStatement(
    "goldblum2020/fig1-class-variation/boundary-stability",
    quotation: Quotation(
      "As classes move farther apart relative to the class variation, one-shot learning yields "
        + "better decision boundaries.", at: "Figure 1"),
    criteria: [
      CriterionStatement(
        "high minus low",
        statistic: "error at the high variance ratio minus error at the low one",
        rule: .positive),
      CriterionStatement(
        "trend", statistic: "least-squares slope of the error over the variance ratio",
        rule: .positive),
    ])
}
