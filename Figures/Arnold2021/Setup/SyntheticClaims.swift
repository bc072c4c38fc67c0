import Claims
import Experiments
import Reproduction
import Statistics

extension ClaimStatement {
  /// Figure 1, *shallow-fails*: a linear model is no better for its inner step.
  public static let shallowFails = ClaimStatement(
    "arnold2021/fig1-shallow-deep/shallow-fails",
    quotation: Quotation(
      "While the DEEP (the red curve) quickly reduce the MSE on meta-testing tasks, the black curve "
        + "demonstrates the poor performance of the MAML algorithm on the SHALLOW model. … The base "
        + "model attains an accuracy at the chance level",
      at: "Section 4.2, Figure 1"),
    criteria: [
      CriterionStatement(
        "regression",
        statistic: "loss after adaptation / loss of predicting without adaptation − 1",
        rule: .equivalent(margin: 0.05)),
      CriterionStatement(
        "classification", statistic: "test accuracy of LR − ½", rule: .equivalent(margin: 0.05)),
    ])

  /// Figure 1, *deep-learns*: with linear layers added it does nearly all that can be done.
  public static let deepLearns = ClaimStatement(
    "arnold2021/fig1-shallow-deep/deep-learns",
    quotation: Quotation(
      "the overparameterized one reaches near-perfect classification accuracy. As in the 1-D "
        + "regression, the overparameterization (equivalent to adding two or three linear layers) "
        + "enables meta-learning and fast adaptation.",
      at: "Section 4.2, Figure 1"),
    criteria: [
      CriterionStatement(
        "regression", statistic: "part of the possible improvement of the loss",
        rule: .above(threshold: 0.9)),
      CriterionStatement(
        "classification, 2 layers", statistic: "part of the possible improvement of test accuracy",
        rule: .above(threshold: 0.9)),
      CriterionStatement(
        "classification, 3 layers", statistic: "part of the possible improvement of test accuracy",
        rule: .above(threshold: 0.9)),
    ])

  /// Figure B.1, *shallow-at-chance*.
  public static let shallowAtChance = ClaimStatement(
    "arnold2021/figB1-logistic-synthetic/shallow-at-chance",
    quotation: Quotation(
      "Equally surprising as the previous results, the model fails to perform better than chance.",
      at: "Section B.1.1, Figure B.1"),
    criteria: [
      CriterionStatement(
        "test", statistic: "test accuracy of LR − ½", rule: .equivalent(margin: 0.05)),
      CriterionStatement(
        "training", statistic: "training accuracy of LR − ½", rule: .equivalent(margin: 0.05)),
    ])

  /// Figure B.1, *deep-near-perfect*.
  public static let deepNearPerfect = ClaimStatement(
    "arnold2021/figB1-logistic-synthetic/deep-near-perfect",
    quotation: Quotation(
      "LR with 2 or 3 linear layers attains nearly perfect classification on any task.",
      at: "Section B.1.1, Figure B.1"),
    criteria: ["2 layers", "3 layers"].map {
      CriterionStatement($0, statistic: "test accuracy", rule: .above(threshold: 0.95))
    })

  /// Figure B.3, *collapse-destroys-adaptation*.
  public static let collapseDestroysAdaptation = ClaimStatement(
    "arnold2021/figB3-collapse/collapse-destroys-adaptation",
    quotation: Quotation(
      "collapsing erases the model's ability to adapt to new tasks.", at: "Section B.3, Figure B.3"),
    criteria: ["2 layers", "3 layers"].flatMap {
      [
        CriterionStatement(
          $0 + ", loss of accuracy", statistic: "test accuracy collapsed − as trained",
          rule: .negative),
        CriterionStatement(
          $0 + ", near chance", statistic: "test accuracy collapsed − ½",
          rule: .equivalent(margin: 0.05)),
      ]
    })

  /// Figure 2, *four-minima*.
  public static let fourMinima = ClaimStatement(
    "arnold2021/fig2-maml-landscape/four-minima",
    quotation: Quotation(
      "4 meta-training trajectories (of parameters) converging to each of the 4 solutions.",
      at: "Figure 2"),
    criteria: [
      CriterionStatement(
        "end", statistic: "distance of each descent's end from a minimum of its own",
        rule: .below(threshold: 1e-3))
    ])

  /// Figure 2, *stationary-points*.
  public static let stationaryPoints = ClaimStatement(
    "arnold2021/fig2-maml-landscape/stationary-points",
    quotation: Quotation(
      "there are at least 5 stationary points: (0, 0), (±1/√α, 0), (0, ±1/√α)",
      at: "Section A.1, equations 54–57"),
    criteria: [
      CriterionStatement(
        "gradient", statistic: "largest element of the gradient there",
        rule: .below(threshold: 1e-9))
    ], smallestBudget: .smoke)

  /// Figure 2, *hessians*: as printed, and as they are for the loss of equation 53.
  public static let hessians = ClaimStatement(
    "arnold2021/fig2-maml-landscape/hessians",
    quotation: Quotation(
      "the origin … is a stationary point and the Hessian is H = −4αI … The following 4 pairs … are "
        + "locally minimum, with the Hessian given by DIAG(8α, 6α³)",
      at: "Section 4.4, equations 55–57"),
    criteria: [
      CriterionStatement(
        "half of the printed", statistic: "largest deviation from diag(4α, 3α³) and −2αI",
        rule: .below(threshold: 1e-9)),
      CriterionStatement(
        "as printed", statistic: "largest relative deviation from diag(8α, 6α³) and −4αI",
        rule: .below(threshold: 1e-9), role: .accompanies),
    ], smallestBudget: .smoke)

  /// Figure 2, *one-step-adaptation*.
  public static let oneStepAdaptation = ClaimStatement(
    "arnold2021/fig2-maml-landscape/one-step-adaptation",
    quotation: Quotation(
      "this fast adaptation does not depend on what α is and does not even depend on whether we "
        + "adapt from the right b",
      at: "Section 4.4, equation 20"),
    criteria: [
      CriterionStatement(
        "error", statistic: "|ab − θ′| after one step, over several α, b and θ′",
        rule: .below(threshold: 1e-9))
    ], smallestBudget: .smoke)
}
