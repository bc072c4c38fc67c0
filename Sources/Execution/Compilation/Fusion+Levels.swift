/// Which stages can run side by side.
extension Fusion {
  /// Arranges stages in levels, each as early as what it reads is there.
  ///
  /// Stages of one level need nothing of each other: several workers then wait for each other once
  /// in a level, and one of them may do a whole stage whose numbers the other never touches.
  /// Numbers that change hands between cores are what sharing a replay costs most.
  mutating func arrangeInLevels() {
    var written: [Int: Int] = [:]
    var lastRead: [Int: Int] = [:]
    var levels = [Int](repeating: 0, count: stages.count)
    for (index, stage) in stages.enumerated() {
      if index == firstVaryingStage { levels[index] = (levels[..<index].max() ?? -1) + 1 }
      var level = index < firstVaryingStage ? 0 : levels[firstVaryingStage]
      for id in reads(stage) { if let before = written[id] { level = max(level, before + 1) } }
      if case .operation(let id) = stage, let base = accumulations[id]?.base {
        // What a sum takes the place of must have been read by everybody else.
        if let before = lastRead[base] { level = max(level, before + 1) }
      }
      for id in reads(stage) { lastRead[id] = max(lastRead[id] ?? level, level) }
      for id in writes(stage) { written[id] = level }
      levels[index] = level
    }
    let order = stages.indices.sorted { (levels[$0], $0) < (levels[$1], $1) }
    stages = order.map { stages[$0] }
    self.levels = order.map { levels[$0] }
  }

  func reads(_ stage: Stage) -> Set<Int> {
    switch stage {
    case .loop(let cluster): cluster.reads
    case .operation(let id):
      if let sum = accumulations[id] {
        Set(operands(sum.contraction) + [sum.base])
      } else {
        Set(operands(id))
      }
    }
  }

  func writes(_ stage: Stage) -> [Int] {
    switch stage {
    case .loop(let cluster): cluster.roots
    case .operation(let id): [id]
    }
  }
}
