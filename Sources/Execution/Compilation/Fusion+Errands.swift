/// Which stages nobody waits for until later.
extension Fusion {
  /// Gives every stage that can wait the time until somebody needs it.
  ///
  /// Only small ones: what is larger than the cache comes from memory, whoever worked on it before,
  /// and would have to be kept for longer.
  mutating func findErrands() {
    var predecessors = stagesBefore()
    var preparing: [Layout.Prepared: Int] = [:]
    for (index, stage) in stages.enumerated() {
      guard case .operation(let sum) = stage else { continue }
      for (what, _) in Layout.needs(accumulations[sum]?.contraction ?? sum, self) {
        if let first = preparing[what] {
          predecessors[index].append(first)
        } else {
          preparing[what] = index
        }
      }
    }
    dues = [Int](repeating: (levels.last ?? -1) + 1, count: stages.count)
    for index in stages.indices.reversed() {
      if index < firstVaryingStage || !isSmall(stages[index]) { dues[index] = levels[index] + 1 }
      dues[index] = max(dues[index], levels[index] + 1)
      let start = isErrand(index) ? dues[index] : levels[index]
      for before in predecessors[index] { dues[before] = min(dues[before], start) }
    }
  }

  /// The last level in which a stage may still run; that of inputs is before all.
  func lastLevel(_ stage: Int) -> Int { stage < 0 ? -1 : dues[stage] - 1 }

  /// Whether nobody waits for a stage until some levels later.
  func isErrand(_ stage: Int) -> Bool { dues[stage] > levels[stage] + 1 }

  /// Whether what a stage reads and writes fits half of the cache.
  private func isSmall(_ stage: Stage) -> Bool {
    let numbers = reads(stage).union(writes(stage))
    return numbers.reduce(0) { $0 + graph.nodes[$1].shape.count } <= CacheSize.half
  }
}
