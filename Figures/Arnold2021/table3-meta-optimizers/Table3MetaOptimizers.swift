import Arnold2021Setup
import Claims
import CommonSetup
import DataSets
import Plotting
import Reproduction

/// Table 3: rules that transform gradients help a network of two convolutional layers.
///
/// The plain runs are those of Table 1, those of Meta-KFO those of Figure 4. The paper gives no rates
/// for T-Nets, which take those of MAML.
@main
struct Table3MetaOptimizers: AccuracyFigure {
  static let identity: FigureIdentity = named(
    "table3-meta-optimizers", title: "Meta-optimizers outperform MAML on CNN(2)",
    summary: "MAML, Meta-SGD, Meta-Curvature, T-Nets and Meta-KFO on CNN(2), three data sets.")
  static let methods = Method.metaOptimizers(.maml)

  func draw(_ results: AccuracyResults) -> Table {
    table(of: results) { method, _ in method.title(.maml) }
  }

  static func claims(_ scope: ClaimScope) -> [Claim<AccuracyResults>] {
    let optimizers = methods.filter { $0 != .null }
    let best = sets(scope).filter { [.omniglot, .cifarFS].contains($0) }
    return [
      Claim(
        "arnold2021/table3-meta-optimizers/all-help",
        quoting: "All methods improve the original MAML", at: "Section 5.3, Table 3",
        gate: family.gate(of: optimizers, on: sets(scope), scope)
      ) {
        comparisons(of: optimizers.map { ($0, .null) }, on: sets(scope), scope)
      },
      Claim(
        "arnold2021/table3-meta-optimizers/kfo-best-on-omniglot-and-cifar-fs",
        quoting: "META-KFO improves the most on Omniglot and CIFAR-FS.", at: "Section 5.3, Table 3",
        gate: family.gate(of: optimizers, on: best, scope)
      ) {
        comparisons(
          of: optimizers.filter { $0 != .metaKFO }.map { (.metaKFO, $0) }, on: best, scope)
      },
    ]
  }
}
