/// Steps that can run side by side.
extension Plan {
  /// Groups the steps of one level, in two where some prepare what the others use.
  ///
  /// Filters' gradients come last: since every other worker begins at the end, the same ones
  /// compute them in all groups that add to them, and have them at hand.
  ///
  /// `levels`: each step's, ascending.
  mutating func group(by levels: [Int]) {
    let keys = steps.indices.map { (level: levels[$0], follows: steps[$0].isPreparation ? 0 : 1) }
    let ranks = steps.map { $0.isFilterGradient ? 1 : 0 }
    let order = steps.indices.sorted {
      (keys[$0].level, keys[$0].follows, ranks[$0], $0)
        < (keys[$1].level, keys[$1].follows, ranks[$1], $1)
    }
    steps = order.map { steps[$0] }
    descriptions = order.map { descriptions[$0] }
    for (step, old) in order.enumerated() {
      if step == 0 || keys[order[step - 1]] != keys[old] {
        groups.append(Group(steps: step..<step, units: units.count..<units.count))
      }
      units += (0..<steps[step].unitCount).map { (step: step, unit: $0) }
      let group = groups.count - 1
      groups[group].steps = groups[group].steps.lowerBound..<step + 1
      groups[group].units = groups[group].units.lowerBound..<units.count
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

  fileprivate var isFilterGradient: Bool {
    switch self {
    case .taps(let kernel): kernel.role == .filter
    case .planes(let kernel): kernel.role == .filter
    case .windows(let kernel): kernel.role == .filter
    default: false
    }
  }
}
