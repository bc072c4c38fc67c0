import Claims
import Experiments
import Huisman2022Setup
import MetaLearners
import Reproduction
import Statistics

extension Fig32TURTLEHyperparameters {
  static func claims(_ scope: ClaimScope) -> [Claim<SineResults>] {
    @Sendable func losses(
      _ results: SineResults, _ method: (Order) -> SineMethod
    ) -> PerSeed<(Double, Double)>? {
      guard let first = results[method(.first)], let second = results[method(.second)] else {
        return nil
      }
      return first.map(\.validationLoss).paired(with: second.map(\.validationLoss))
    }
    return [
      Claim(
        "huisman2022/fig3-2-turtle-hyperparameters/second-order-matters-for-turtle",
        quoting:
          "In contrast, this is not the case for TURTLE, where the first-order variant fails "
          + "to achieve a similar performance as second-order TURTLE.", at: "Section 3.5.1",
        gate: SineProtocol.gate
      ) {
        for steps in [1, 5, 10] {
          Criterion(
            "T = \(steps)",
            statistic: "smallest validation MSE of first-order minus that of second-order TURTLE, "
              + "five hidden layers, paired by seed",
            .positive, role: steps == 10 ? .accompanies : .decides
          ) { results in
            losses(results) { .turtle(steps: steps, hiddenLayers: 5, $0) }?.map { $0.0 - $0.1 }
          }
        }
      },
      Claim(
        "huisman2022/fig3-2-turtle-hyperparameters/order-hardly-matters-for-maml",
        quoting: "As we can see, the difference between first- and second-order MAML is relatively "
          + "small.", at: "Section 3.5.1",
        gate: SineProtocol.gate
      ) {
        for steps in [1, 5, 10] {
          Criterion(
            "T = \(steps)",
            statistic: "smallest validation MSE of first-order minus that of second-order MAML, "
              + "divided by the latter, paired by seed",
            .equivalent(margin: 0.15), role: steps == 10 ? .accompanies : .decides
          ) { results in
            losses(results) { .maml(steps: steps, $0) }?.map { ($0.0 - $0.1) / $0.1 }
          }
        }
      },
    ]
  }
}
