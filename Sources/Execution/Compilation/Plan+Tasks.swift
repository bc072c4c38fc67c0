/// The steps of a shared replay as a task graph.
extension Plan {
  /// Puts the steps in the order of their latest start, which is right, and keeps of that order what
  /// the memory asks for: a step waits for those before it that touch the same numbers.
  ///
  /// `stages`: each step's.
  mutating func arrangeTasks(by stages: [Int], of schedule: Schedule) {
    let keys = steps.indices.map { step in
      let follows = schedule.producers[stages[step]] != nil
      return (
        latest: schedule.latest[stages[step]], earliest: schedule.earliest[stages[step]],
        rank: steps[step].isPacking ? 0 : follows ? 2 : 1
      )
    }
    let order = steps.indices.sorted {
      (keys[$0].latest, keys[$0].earliest, keys[$0].rank, $0)
        < (keys[$1].latest, keys[$1].earliest, keys[$1].rank, $1)
    }
    steps = order.map { steps[$0] }
    descriptions = order.map { descriptions[$0] }
    consumers = consumers(order.map { stages[$0] }, of: schedule)
    let turns = turns()
    for step in steps.indices {
      firstTiles.append(tiles.count)
      tiles +=
        turns[step] ?? (0..<steps[step].tileCount).map { Tile(step: step, parts: $0..<$0 + 1) }
    }
    firstTiles.append(tiles.count)
    tasks = TaskGraph(
      tiles: steps.indices.map { firstTiles[$0 + 1] - firstTiles[$0] },
      dependencies: dependencies(of: turns))
  }

  /// The steps that must be done before each.
  private func dependencies(of turns: [Int: [Tile]]) -> [[Int]] {
    var memory = MemoryUse(count: valueCount)
    var dependencies = steps.indices.map { memory.dependencies(of: $0, touched(by: $0)) }
    // Who goes through a step in turns with one that follows it needs what that needs.
    for (first, second) in consumers where turns[first] != nil {
      dependencies[first].formUnion(dependencies[second].subtracting([first]))
    }
    return dependencies.map { $0.sorted() }
  }
}

extension Plan.Step {
  /// Whether the step only lays out numbers for other steps of its level.
  fileprivate var isPacking: Bool {
    switch self {
    case .filterPacking, .spaceToDepth, .planarPacking: true
    default: false
    }
  }
}
