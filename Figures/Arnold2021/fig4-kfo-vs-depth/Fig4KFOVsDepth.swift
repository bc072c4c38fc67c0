import Claims
import CommonSetup
import Arnold2021Setup
import Plotting
import Reproduction

/// Figure 4: what Meta-KFO adds to MAML shrinks as the network grows deeper.
///
/// Accuracy against the number of convolutional layers. The runs with two layers are those of Table
/// 3, the plain ones those of Table 1. Figure B.4 adds mini-ImageNet.
@main
struct Fig4KFOVsDepth: AccuracyFigure {
  static let name = "fig4-kfo-vs-depth"
  static let title = "Meta-KFO and MAML against depth"
  static let summary =
    "MAML and Meta-KFO against the number of convolutional layers, two data sets."
  static let sets: [ImageSet] = [.omniglot, .cifarFS]
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
