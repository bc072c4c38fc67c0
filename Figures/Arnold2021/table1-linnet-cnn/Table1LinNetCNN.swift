import Arnold2021Setup
import Claims
import DataSets
import Plotting
import Reproduction

/// Table 1: two linear layers after the features help shallow networks to adapt.
///
/// CNN(X) with all layers adapted, with and without LinNet. The plain runs are those of Table 3 and
/// Figures 4 and B.4.
@main
struct Table1LinNetCNN: AccuracyFigure {
  static let identity: FigureIdentity = named(
    "table1-linnet-cnn", title: "Accuracy improves by adding linear layers",
    summary: "CNNs of several depths with and without two linear layers, three data sets.")
  static let methods: [Method] = [.null, .linNet]

  static func depths(in world: ImageWorld) -> [Int] { world.depths }

  static func paperName(_ variant: Variant) -> String {
    "\(variant.set.title)/\(variant.method.title(.maml))/\(variant.depth) layers"
  }

  func draw(_ results: AccuracyResults) -> Table {
    table(of: results) { method, depth in "CNN(\(depth)), \(method.title(.maml))" }
  }

  static func claims(_ scope: ClaimScope) -> [Claim<AccuracyResults>] {
    [
      Claim(
        "arnold2021/table1-linnet-cnn/linnet-helps-shallow",
        quoting: "When the number of CNN layers are less than 6, the addition improves "
          + "meta-learning performances.", at: "Section 5.2, Table 1",
        gate: family.gate(of: [.linNet], on: sets(scope), scope, overDepths: true)
      ) {
        for set in sets(scope) {
          Criterion(
            "\(scope.title(set)), mean gain", statistic: "mean gain of accuracy over 2 to 4 layers",
            .positive, in: .points, paperEffect: set == .cifarFS ? 0.032 : nil
          ) { results in
            let shallow = results.found.depths.indices.filter { results.found.depths[$0] <= 4 }
            return results.found.gains(of: .linNet, on: set)?.map { gains in
              shallow.reduce(0) { $0 + gains[$1] } / Double(shallow.count)
            }
          }
          for depth in depths(in: .of(scope.budget)) {
            Criterion(
              "\(scope.title(set)), CNN(\(depth))", statistic: "gain of accuracy", .positive,
              in: .points, role: .accompanies
            ) { results in
              results.found.gain(
                of: Variant(set, .linNet, depth: depth), over: Variant(set, .null, depth: depth)
              ) { $0.accuracy }
            }
          }
          Criterion(
            "\(scope.title(set)), trend",
            statistic: "slope of the gain over the number of layers", .negative, in: .points,
            role: .accompanies
          ) { $0.found.trend(of: .linNet, on: set) }
        }
      }
    ]
  }
}
