/// Steps that can run side by side.
extension Plan {
  /// Groups the steps of one level.
  ///
  /// First comes what prepares for the others, last what follows one of them. What can wait is not
  /// part of its level's groups.
  ///
  /// `stages`: each step's, ascending.
  mutating func group(by stages: [Int], of fusion: Fusion) {
    let keys = steps.indices.map {
      (
        level: fusion.levels[stages[$0]],
        follows: steps[$0].isPreparation ? 0 : fusion.leaders[stages[$0]] == nil ? 1 : 2,
        isErrand: fusion.isErrand(stages[$0]) ? 1 : 0
      )
    }
    let order = steps.indices.sorted {
      (keys[$0].level, keys[$0].follows, keys[$0].isErrand, $0)
        < (keys[$1].level, keys[$1].follows, keys[$1].isErrand, $1)
    }
    steps = order.map { steps[$0] }
    descriptions = order.map { descriptions[$0] }
    followers = fusion.leaders.isEmpty ? [:] : followers(order.map { stages[$0] }, of: fusion)
    let turns = turns()
    var reached: [(level: Int, follows: Int)] = []
    for (step, old) in order.enumerated() where keys[old].isErrand == 0 {
      if step == 0 || keys[order[step - 1]] != keys[old] {
        appendGroup()
        reached.append((keys[old].level, keys[old].follows))
      }
      add(step, turns[step])
    }
    let errands = addErrands(order.map { stages[$0] }, of: fusion, beside: reached)
    agenda = Agenda(units: groups.map(\.units.count), errands: errands)
  }

  /// Adds what can wait, in the order in which it must be done.
  ///
  /// `stages`: each step's.
  ///
  /// `reached`: the groups' levels, ascending, and whether they follow what prepares for them.
  private mutating func addErrands(
    _ stages: [Int], of fusion: Fusion, beside reached: [(level: Int, follows: Int)]
  ) -> [Team.Errand] {
    let steps = steps.indices.filter { fusion.isErrand(stages[$0]) }.sorted {
      (fusion.dues[stages[$0]], $0) < (fusion.dues[stages[$1]], $1)
    }
    func group(_ level: Int, follows: Int) -> Int {
      reached.firstIndex { $0.level >= level && $0.follows >= follows } ?? reached.count
    }
    var errands: [Team.Errand] = []
    var ofStage: [Int: [Int]] = [:]
    for (number, step) in steps.enumerated() {
      let stage = stages[step]
      errands.append(
        Team.Errand(
          opens: group(fusion.levels[stage], follows: 1),
          closes: group(fusion.dues[stage], follows: 0),
          after: (fusion.predecessors[stage] + [stage]).flatMap { ofStage[$0] ?? [] }))
      ofStage[stage, default: []].append(number)
      appendGroup()
      add(step)
    }
    return errands
  }

  private mutating func appendGroup() {
    groups.append(Group(steps: 0..<0, units: units.count..<units.count))
  }

  /// Adds a step to the last group, with all its parts unless told otherwise.
  private mutating func add(_ step: Int, _ parts: [Unit]? = nil) {
    let group = groups.count - 1
    let first = groups[group].steps.isEmpty ? step : groups[group].steps.lowerBound
    groups[group].steps = first..<step + 1
    units += parts ?? (0..<steps[step].unitCount).map { Unit(step: step, parts: $0..<$0 + 1) }
    groups[group].units = groups[group].units.lowerBound..<units.count
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
