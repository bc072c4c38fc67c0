/// Which stages can run side by side.
extension Fusion {
  /// Arranges stages in levels, each as early as what it reads is there.
  ///
  /// Stages of one level need nothing of each other: several workers then wait for each other once
  /// in a level, and one of them may do a whole stage whose numbers the other never touches.
  /// Numbers that change hands between cores are what sharing a replay costs most.
  ///
  /// A stage that can follow another one part by part shares its level.
  ///
  /// What nobody waits for until some levels later gets that long: the others do it meanwhile, and
  /// what has to follow step by step stays with one worker.
  mutating func arrangeInLevels() {
    var levels = [Int](repeating: 0, count: stages.count)
    var followers: [Int: Int] = [:]
    for (index, before) in stagesBefore().enumerated() {
      if index == firstVaryingStage { levels[index] = (levels[..<index].max() ?? -1) + 1 }
      let first = index < firstVaryingStage ? 0 : levels[firstVaryingStage]
      levels[index] = before.reduce(first) { max($0, levels[$1] + 1) }
      let last = before.filter { levels[$0] == levels[index] - 1 }
      if last.count == 1, levels[index] > first, followers[last[0]] == nil,
        !followers.values.contains(last[0]), canFollow(index, last[0])
      {
        levels[index] -= 1
        followers[last[0]] = index
        cutLoop(index, beside: last[0])
        cutLoop(last[0], beside: index)
      }
    }
    let order = stages.indices.sorted { (levels[$0], $0) < (levels[$1], $1) }
    stages = order.map { stages[$0] }
    self.levels = order.map { levels[$0] }
    let places = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
    for (leader, follower) in followers {
      if let leader = places[leader], let follower = places[follower] {
        leaders[follower] = leader
      }
    }
    findErrands()
  }

  /// The stages that must be done before each.
  func stagesBefore() -> [[Int]] {
    var written: [Int: Int] = [:]
    var readers: [Int: [Int]] = [:]
    return stages.indices.map { index in
      let reads = reads(stages[index])
      var before = Set(reads.compactMap { written[$0] })
      if case .operation(let id) = stages[index], let base = accumulations[id]?.base {
        // What a sum takes the place of must have been read by everybody else.
        before.formUnion(readers[base] ?? [])
      }
      for id in reads { readers[id, default: []].append(index) }
      for id in writes(stages[index]) { written[id] = index }
      return before.sorted()
    }
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
    case .argument: []
    case .result(_, let id): [id]
    }
  }

  func writes(_ stage: Stage) -> [Int] {
    switch stage {
    case .loop(let cluster): cluster.roots
    case .operation(let id), .argument(let id): [id]
    case .result: []
    }
  }
}
