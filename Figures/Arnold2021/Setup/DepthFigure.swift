import Claims
import CommonSetup
import Plotting
import Reproduction

/// Figures 4 and B.4: what Meta-KFO adds to MAML, against the number of convolutional layers.
///
/// The runs with two layers are those of Table 3, the plain ones those of Table 1.
package protocol DepthFigure: AccuracyFigure {}

extension DepthFigure {
  package static var methods: [Method] { [.null, .metaKFO] }

  package static func depths(in world: ImageWorld) -> [Int] { world.depths }

  package func draw(_ results: AccuracyResults) -> Picture { curves(of: results) }

  package static func claims(_ scope: ClaimScope) -> [Claim<AccuracyResults>] {
    [
      Claim(
        "arnold2021/\(identity.name)/gain-shrinks-with-depth",
        quoting: "the “net gain” from the META-KFO has the diminishing trend as the size increases",
        at: sets.contains(.miniImageNet) ? "Section B.6, Figure B.4" : "Figure 4",
        gate: family.gate(of: [.metaKFO], on: sets(scope), scope, overDepths: true)
      ) {
        for set in sets(scope) {
          Criterion(
            scope.title(set),
            statistic: "slope of Meta-KFO's gain over MAML, per convolutional layer",
            .negative, in: .points
          ) { $0.found.trend(of: .metaKFO, on: set) }
        }
      }
    ]
  }
}
