import Arnold2021Setup
import Claims
import Plotting
import Reproduction
import Statistics

/// Table 2: linear layers help ANIL on CNN(2) too.
///
/// All layers after the features are the head, which alone adapts. The plain runs are those of Table
/// B.4. In the published code support and query share one pass through the body, and with it their
/// batch statistics; here each has its own.
@main
struct Table2LinNetANIL: AccuracyFigure {
  static let identity: FigureIdentity = named(
    "table2-linnet-anil", title: "Accuracy improves on ANIL trained CNN(2)",
    summary: "ANIL with and without two linear layers in the head, three data sets.")
  static let family = Family.anil
  static let methods: [Method] = [.null, .linNet]

  func draw(_ results: AccuracyResults) -> Table {
    table(of: results) { method, _ in method.title(.anil) }
  }

  static func claims(_ scope: ClaimScope) -> [Claim<AccuracyResults>] {
    [
      Claim(
        "arnold2021/table2-linnet-anil/linnet-helps-anil",
        quoting: "Table 2 generalizes the positive findings in Table 1 to ANIL",
        at: "Section 5.2, Table 2",
        gate: family.gate(of: [.linNet], on: sets(scope), scope)
      ) {
        // The paper's smallest gain, 0.2 points, would need thousands of seeds by itself.
        Criterion(
          "mean over data sets", statistic: "gain of accuracy, mean over the data sets", .positive,
          in: .points,
          paperEffect: Method.linNet.paperGain(over: .null, family, on: sets(scope))
        ) { results in
          PerSeed.mean(
            of: sets(scope).map { results.found.gain(of: .linNet, over: .null, on: $0) })
        }
        for set in sets(scope) where sets(scope).count > 1 {
          Criterion(
            scope.title(set), statistic: "gain of accuracy", .positive, in: .points,
            role: .accompanies,
            paperEffect: Method.linNet.paperGain(over: .null, family, on: [set])
          ) {
            $0.found.gain(of: .linNet, over: .null, on: set)
          }
        }
      }
    ]
  }
}
