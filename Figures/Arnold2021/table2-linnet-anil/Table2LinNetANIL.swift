import Arnold2021Setup
import Claims
import Plotting
import Reproduction

/// Table 2: linear layers help ANIL on CNN(2) too.
///
/// All layers after the features are the head, which alone adapts. The plain runs are those of Table
/// B.4. In the published code support and query share one pass through the body, and with it their
/// batch statistics; here each has its own.
@main
struct Table2LinNetANIL: AccuracyFigure {
  static let name = "table2-linnet-anil"
  static let title = "Accuracy improves on ANIL trained CNN(2)"
  static let summary = "ANIL with and without two linear layers in the head, three data sets."
  static let claims: [ClaimStatement] = [.linNetHelpsANIL]
  static let family = Family.anil
  static let methods: [Method] = [.null, .linNet]

  func draw(_ results: AccuracyGrid) -> Table {
    table(of: results, title: Self.title) { method, _ in
      method.title(.anil)
    }
  }

  func evidence(in results: AccuracyGrid) -> [String: [String: Evidence]] {
    [
      ClaimStatement.linNetHelpsANIL.id: results.gains(of: [
        (name: { $0.title }, method: .linNet, over: .null)
      ])
    ]
  }
}
