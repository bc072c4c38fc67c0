import Claims
import CommonSetup
import Arnold2021Setup
import Plotting
import Reproduction

/// Figure B.4: what Meta-KFO adds to MAML shrinks as the network grows deeper.
///
/// Accuracy against the number of convolutional layers. The runs with two layers are those of Table
/// 3, the plain ones those of Table 1. It is Figure 4 with mini-ImageNet.
@main
struct FigB4KFOVsDepthFull: AccuracyFigure {
  static let name = "figB4-kfo-vs-depth-full"
  static let title = "Meta-KFO and MAML against depth"
  static let summary =
    "MAML and Meta-KFO against the number of convolutional layers, three data sets."
  static let sets = ImageSet.allCases
  static let claims: [ClaimStatement] = [.gainShrinksWithDepth(name, on: sets)]
  static let methods: [Method] = [.null, .metaKFO]

  static func depths(in world: ImageWorld) -> [Int] { world.depths }

  func draw(_ results: AccuracyGrid) -> Picture { curves(of: results) }

  func evidence(in results: AccuracyGrid) -> [String: [String: Evidence]] {
    var evidence: [String: Evidence] = [:]
    for (set, trend) in results.trends(of: .metaKFO) { evidence[set.title] = trend }
    return [Self.claims[0].id: evidence]
  }
}
