import Arnold2021Setup
import Claims
import Plotting
import Reproduction

/// Table 3: rules that transform gradients help a network of two convolutional layers.
///
/// The plain runs are those of Table 1, those of Meta-KFO those of Figure 4. The paper gives no rates
/// for T-Nets, which take those of MAML.
@main
struct Table3MetaOptimizers: AccuracyFigure {
  static let name = "table3-meta-optimizers"
  static let title = "Meta-optimizers outperform MAML on CNN(2)"
  static let summary =
    "MAML, Meta-SGD, Meta-Curvature, T-Nets and Meta-KFO on CNN(2), three data sets."
  static let claims: [ClaimStatement] = [.allHelp, .kfoBest]
  static let methods: [Method] = [.null, .metaSGD, .metaCurvature, .tNets, .metaKFO]

  func draw(_ results: AccuracyGrid) -> Table {
    table(of: results, title: Self.title) { method, _ in
      method.title(.maml)
    }
  }

  func evidence(in results: AccuracyGrid) -> [String: [String: Evidence]] {
    let helps = results.gains(
      of: Self.methods.dropFirst().map { method in
        (name: { "\($0.title), \(method.title(.maml))" }, method: method, over: .null)
      })
    let best = results.gains(
      of: Self.methods.dropFirst().dropLast().map { method in
        (name: { "\($0.title), over \(method.title(.maml))" }, method: .metaKFO, over: method)
      })
    let names = Set(ClaimStatement.kfoBest.criteria.map(\.name))
    return [
      ClaimStatement.allHelp.id: helps,
      ClaimStatement.kfoBest.id: best.filter { names.contains($0.key) },
    ]
  }
}
