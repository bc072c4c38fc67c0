import Arnold2021Setup
import Claims
import Plotting
import Reproduction

/// Table B.4: rules that transform gradients help ANIL on CNN(2).
///
/// T-Nets are not compatible with ANIL. The plain runs are those of Table 2.
@main
struct TableB4ANILMetaOptimizers: AccuracyFigure {
  static let name = "tableB4-anil-meta-optimizers"
  static let title = "Meta-optimizers improve ANIL on CNN(2)"
  static let summary = "ANIL alone and with Meta-SGD, Meta-Curvature and KFO, three data sets."
  static let claims: [ClaimStatement] = [.kfoHelpsANILMost]
  static let family = Family.anil
  static let methods: [Method] = [.null, .metaSGD, .metaCurvature, .metaKFO]

  func draw(_ results: AccuracyGrid) -> Table {
    table(of: results, title: Self.title) { method, _ in
      method.title(.anil)
    }
  }

  func evidence(in results: AccuracyGrid) -> [String: [String: Evidence]] {
    [
      ClaimStatement.kfoHelpsANILMost.id: results.gains(
        of: Self.methods.dropLast().map { method in
          (name: { "\($0.title), over \(method.title(.anil))" }, method: .metaKFO, over: method)
        })
    ]
  }
}
