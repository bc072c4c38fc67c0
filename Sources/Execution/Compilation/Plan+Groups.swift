/// Steps that can run side by side.
extension Plan {
  /// Groups the steps of one level, in two where some prepare what the others use.
  ///
  /// `levels`: each step's, ascending.
  mutating func group(by levels: [Int]) {
    let keys = steps.indices.map { (level: levels[$0], follows: steps[$0].isPreparation ? 0 : 1) }
    let order = steps.indices.sorted {
      (keys[$0].level, keys[$0].follows, $0) < (keys[$1].level, keys[$1].follows, $1)
    }
    steps = order.map { steps[$0] }
    descriptions = order.map { descriptions[$0] }
    for (step, old) in order.enumerated() {
      let units = (0..<steps[step].unitCount).map { (step: step, unit: $0) }
      if step > 0, keys[order[step - 1]] == keys[old] {
        groups[groups.count - 1].steps = groups[groups.count - 1].steps.lowerBound..<step + 1
        groups[groups.count - 1].units += units
      } else {
        groups.append(Group(steps: step..<step + 1, units: units))
      }
    }
  }
}

extension Plan.Step {
  /// Whether the step only lays out numbers for other steps of its level.
  fileprivate var isPreparation: Bool {
    switch self {
    case .turning, .folding, .parting: true
    default: false
    }
  }
}
