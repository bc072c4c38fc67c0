import Arnold2021Setup
import Claims
import Plotting
import Reproduction

/// Table B.4: rules that transform gradients help ANIL on CNN(2).
///
/// T-Nets are not compatible with ANIL. The plain runs are those of Table 2.
@main
struct TableB4ANILMetaOptimizers: AccuracyFigure {
  static let identity: FigureIdentity = named(
    "tableB4-anil-meta-optimizers", title: "Meta-optimizers improve ANIL on CNN(2)",
    summary: "ANIL alone and with Meta-SGD, Meta-Curvature and KFO, three data sets.")
  static let family = Family.anil
  static let methods = Method.metaOptimizers(.anil)

  func draw(_ results: AccuracyResults) -> Table {
    table(of: results) { method, _ in method.title(.anil) }
  }

  static func claims(_ scope: ClaimScope) -> [Claim<AccuracyResults>] {
    [
      Claim(
        "arnold2021/tableB4-anil-meta-optimizers/kfo-helps-anil-most",
        quoting:
          "ANIL always benefits from the combination with a meta-optimizer, and specifically "
          + "that it benefits most from KFO.", at: "Section B.5, Table B.4",
        gate: family.gate(of: methods.filter { $0 != .null }, on: sets(scope), scope)
      ) {
        comparisons(
          of: [
            (.metaSGD, .null), (.metaCurvature, .null), (.metaKFO, .null), (.metaKFO, .metaSGD),
            (.metaKFO, .metaCurvature),
          ], on: sets(scope), scope)
      }
    ]
  }
}
