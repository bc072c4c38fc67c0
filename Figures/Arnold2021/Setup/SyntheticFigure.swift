import CommonSetup
import Experiments

/// A figure on the synthetic problems: what runs at standard is the paper's own protocol, so that
/// larger budgets only have more seeds.
package protocol SyntheticFigure: ComputedFigure {}

extension SyntheticFigure {
  /// Twenty where claims are decided: the open ones of five seeds would have needed seven and eight
  /// before Holm's correction.
  package static func seedCount(within budget: Budget) -> Int {
    budget.pick(smoke: 2, standard: 5, overnight: 20)
  }
}
