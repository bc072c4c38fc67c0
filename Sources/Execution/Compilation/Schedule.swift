/// When each stage runs, of those that fusion found.
///
/// A lone worker runs one after the other. For several, a stage has the level in which it may run as
/// soon as possible (ASAP), when what it reads is there, and the one in which it must as late as
/// possible (ALAP), when somebody waits for it. What lies between the two can be deferred: others do
/// it meanwhile, and what has to follow step by step stays with one worker, and in its cache.
struct Schedule {
  let fusion: Fusion
  /// Whether memory is short.
  let sparesMemory: Bool
  /// The stages in order.
  var stages: [Fusion.Stage]
  /// The level of each stage that is as soon as possible.
  private(set) var earliest: [Int]
  /// The level of each stage that is as late as possible.
  private(set) var latest: [Int]
  /// Whom stages follow part by part that share a level with them.
  private(set) var producers: [Int: Int] = [:]
  /// The first stage that depends on an argument that is not fixed.
  var firstVarying: Int { fusion.firstVaryingStage }

  /// One stage after the other.
  init(inOrder fusion: Fusion, sparingMemory: Bool = false) {
    self.fusion = fusion
    sparesMemory = sparingMemory
    stages = fusion.stages
    earliest = Array(stages.indices)
    latest = earliest
  }

  init(_ fusion: Fusion) {
    self.init(inOrder: fusion)
    // What is computed again on the way back is meant to be computed late.
    if fusion.isShared && !fusion.graph.nodes.contains(where: { $0.op == .recomputed }) {
      let consumers = arrangeInLevels()
      sortByLevels(consumers)
      findLatest()
    }
  }

  /// What is scheduled, in its own order again but with loops cut as they are here.
  var fusionInOrder: Fusion {
    var geometries: [Int: LoopGeometry] = [:]
    for case .loop(let fused) in stages { geometries[fused.roots[0]] = fused.geometry }
    var ordered = fusion
    ordered.stages = fusion.stages.map { stage in
      guard case .loop(var fused) = stage, let cut = geometries[fused.roots[0]] else {
        return stage
      }
      fused.geometry = cut
      return .loop(fused)
    }
    return ordered
  }

  /// Gives every stage the first level in which what it reads is there; one that can follow another
  /// part by part shares its level.
  ///
  /// Returns who follows whom.
  private mutating func arrangeInLevels() -> [Int: Int] {
    var consumers: [Int: Int] = [:]
    for (index, before) in stagesBefore().enumerated() {
      if index == firstVarying { earliest[index] = (earliest[..<index].max() ?? -1) + 1 }
      let first = index < firstVarying ? 0 : earliest[firstVarying]
      earliest[index] = before.reduce(first) { max($0, earliest[$1] + 1) }
      let last = before.filter { earliest[$0] == earliest[index] - 1 }
      if last.count == 1, earliest[index] > first, consumers[last[0]] == nil,
        !consumers.values.contains(last[0]), canConsume(index, last[0])
      {
        earliest[index] -= 1
        consumers[last[0]] = index
        cutLoop(index, beside: last[0])
        cutLoop(last[0], beside: index)
      }
    }
    return consumers
  }

  private mutating func sortByLevels(_ consumers: [Int: Int]) {
    let order = stages.indices.sorted { (earliest[$0], $0) < (earliest[$1], $1) }
    stages = order.map { stages[$0] }
    earliest = order.map { earliest[$0] }
    let places = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
    for (producer, consumer) in consumers {
      if let producer = places[producer], let consumer = places[consumer] {
        producers[consumer] = producer
      }
    }
  }

  /// Gives every stage the last level in which it may run.
  ///
  /// Only small ones can be deferred: what is larger than the cache comes from memory, whoever worked
  /// on it before, and would have to be kept for longer.
  private mutating func findLatest() {
    let before = predecessors()
    latest = [Int](repeating: earliest.last ?? -1, count: stages.count)
    for index in stages.indices.reversed() {
      if index < firstVarying || !isSmall(stages[index]) { latest[index] = earliest[index] }
      latest[index] = max(latest[index], earliest[index])
      let isDeferred = latest[index] > earliest[index]
      let last = isDeferred ? latest[index] : earliest[index] - 1
      for other in before[index] { latest[other] = min(latest[other], last) }
    }
  }

  /// The stages that must be done before each, those that lay out what it reads among them.
  private func predecessors() -> [[Int]] {
    var predecessors = stagesBefore()
    var preparing: [BufferAssignment.Prepared: Int] = [:]
    for (index, stage) in stages.enumerated() {
      guard case .operation(let sum) = stage else { continue }
      for (what, _) in BufferAssignment.needs(fusion.accumulations[sum]?.contraction ?? sum, fusion)
      {
        if let first = preparing[what] {
          predecessors[index].append(first)
        } else {
          preparing[what] = index
        }
      }
    }
    return predecessors
  }

  /// The stages that write what each reads, or read what it takes the place of.
  private func stagesBefore() -> [[Int]] {
    var written: [Int: Int] = [:]
    var readers: [Int: [Int]] = [:]
    return stages.indices.map { index in
      let reads = fusion.reads(stages[index])
      var before = Set(reads.compactMap { written[$0] })
      if case .operation(let id) = stages[index], let base = fusion.accumulations[id]?.base {
        // What a sum takes the place of must have been read by everybody else.
        before.formUnion(readers[base] ?? [])
      }
      for id in reads { readers[id, default: []].append(index) }
      for id in fusion.writes(stages[index]) { written[id] = index }
      return before.sorted()
    }
  }

  /// Whether what a stage reads and writes fits half of the cache.
  private func isSmall(_ stage: Fusion.Stage) -> Bool {
    let numbers = fusion.reads(stage).union(fusion.writes(stage))
    return numbers.reduce(0) { $0 + fusion.graph.nodes[$1].shape.count } <= CacheSize.half
  }
}
