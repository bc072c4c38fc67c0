import Arnold2021Setup
import Claims
import Plotting
import Reproduction
import Statistics

/// Table 1: two linear layers after the features help shallow networks to adapt.
///
/// CNN(X) with all layers adapted, with and without LinNet. The plain runs are those of Table 3 and
/// Figures 4 and B.4.
@main
struct Table1LinNetCNN: AccuracyFigure {
  static let name = "table1-linnet-cnn"
  static let title = "Accuracy improves by adding linear layers"
  static let summary = "CNNs of several depths with and without two linear layers, three data sets."
  static let claims: [ClaimStatement] = [.linNetHelpsShallow]
  static let methods: [Method] = [.null, .linNet]

  static func depths(in world: ImageWorld) -> [Int] { world.depths }

  static func paperName(_ variant: AccuracyGrid.Variant) -> String {
    "\(variant.set.title)/\(variant.method.title(.maml))/\(variant.depth) layers"
  }

  func draw(_ results: AccuracyGrid) -> Table {
    table(of: results, title: Self.title) { method, depth in
      "CNN(\(depth)), \(method.title(.maml))"
    }
  }

  func evidence(in results: AccuracyGrid) -> [String: [String: Evidence]] {
    var evidence: [String: Evidence] = [:]
    let trends = results.trends(of: .linNet)
    for set in results.sets {
      evidence["\(set.title), trend"] = trends[set]
      let shallow = results.depths.indices.filter { results.depths[$0] <= 4 }
      evidence["\(set.title), mean gain"] = results.gains(of: .linNet, on: set).map { gains in
        .seeds(
          gains.map { curve in
            shallow.reduce(0) { $0 + curve[$1] } / Double(shallow.count)
          })
      }
    }
    return [ClaimStatement.linNetHelpsShallow.id: evidence]
  }
}
