import Claims
import DataSets
import Experiments
import Huisman2022Setup
import Plotting
import Reproduction

/// Table 3.1: transfer learning, the meta-learner LSTM, MAML and TURTLE on images.
@main
struct Table31ImageClassification: ImageTable {
  static let identity: FigureIdentity = named(
    "table3-1-image-classification", title: "Few-shot image classification",
    summary: "Nine methods on images of unseen classes, 5 ways, 1 and 5 shots, two data sets.")
  static let methods = ImageMethod.allCases
  static let isCrossDomain = false

  static func claims(_ scope: ClaimScope) -> [Claim<ImageResults>] {
    [
      secondOrder(
        "lstm", .enhancedLSTM, over: [(.lstm, [1: 0.03, 5: 0.02]), (.rawLSTM, [:])], scope,
        from: .overnight),
      secondOrder("turtle", .turtle, over: [(.foTURTLE, [1: 0.05, 5: 0.03])], scope),
    ]
  }

  /// The sentence is on mini-ImageNet; CUB accompanies.
  ///
  /// Where inputs and T change with the order, the arm that differs in the order alone accompanies
  /// too.
  private static func secondOrder(
    _ name: String, _ method: ImageMethod, over others: [(ImageMethod, effects: [Int: Double])],
    _ scope: ClaimScope, from budget: Budget = .standard
  ) -> Claim<ImageResults> {
    let columns = columns(scope)
    return Claim(
      "huisman2022/table3-1-image-classification/second-order-helps-\(name)",
      quoting: "Looking at the results for miniImageNet, we see that the addition of second-order "
        + "gradients increases the performance of both the meta-learner LSTM and TURTLE.",
      at: "Section 3.5.3, Table 3.1", smallestBudget: budget,
      gate: gate(
        of: others[0].0, comparing: [method], on: columns.filter { $0.set == .miniImageNet }, scope)
    ) {
      for (index, (other, effects)) in others.enumerated() {
        for column in columns {
          Criterion(
            "\(other.rawValue), \(column.title(scope))",
            statistic: "accuracy of \(method.rawValue) − that of \(other.rawValue), by seed",
            .positive, in: .points,
            role: index == 0 && column.set == .miniImageNet ? .decides : .accompanies,
            paperEffect: column.set == .miniImageNet ? effects[column.shots] : nil
          ) { gain(of: method, over: other, in: column, $0) }
        }
      }
    }
  }
}
