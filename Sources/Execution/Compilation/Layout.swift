/// Where stored values and partial sums lie.
struct Layout {
  private(set) var memory = MemoryPlan([])
  /// For each stage, where its reductions keep the results of their chunks, and where a filter's
  /// gradient keeps the sums of ranges of the images.
  private(set) var partials: [Int: [Int: Int]] = [:]
  private var index: [Int: Int] = [:]
  /// What convolutions lay out differently: its number among the values, and the first stage.
  var prepared: [Prepared: (value: Int, stage: Int)] = [:]

  /// Where a stored node lies.
  func address(_ id: Int) -> Int {
    guard let index = index[id] else { fatalError("node \(id) is not stored") }
    return memory.offsets[index]
  }

  /// Whether a value is stored as it is.
  func isPlaced(_ id: Int) -> Bool { index[id] != nil }

  init(_ fusion: Fusion, results: [Int]) {
    let graph = fusion.graph
    var values: [MemoryPlan.Value] = []
    var partialValues: [(stage: Int, node: Int, value: Int)] = []
    func define(_ id: Int, at stage: Int, _ index: inout [Int: Int]) {
      index[id] = values.count
      values.append(.init(count: graph.nodes[id].shape.count, birth: stage, death: stage))
    }
    var places: [Int: Int] = [:]
    if !fusion.isShared {
      let readInPlace = fusion.argumentsReadInPlace(results)
      for id in graph.nodes.indices where fusion.isLive[id] && fusion.kind(id) == .input {
        if !readInPlace.contains(id) { define(id, at: -1, &places) }
      }
    }
    let readers = fusion.readers(results)
    for (stage, content) in fusion.stages.enumerated() {
      let reads: Set<Int>
      switch content {
      case .operation(let id):
        if let sum = fusion.accumulations[id] {
          places[id] = places[sum.base]
          reads = Set(fusion.operands(sum.contraction) + [id])
        } else {
          define(id, at: stage, &places)
          reads = Set(fusion.operands(id))
        }
      case .loop(let cluster):
        for root in cluster.roots {
          if let operand = fusion.operandReplaced(by: cluster, at: stage, readers),
            let value = places[operand]
          {
            places[root] = value
            continue
          }
          define(root, at: stage, &places)
          guard fusion.kind(root) == .reduction else { continue }
          let geometry = cluster.geometry
          let chunks = (geometry.count + geometry.chunk - 1) / max(geometry.chunk, 1)
          let period = graph.nodes[root].shape.count
          guard case .repeating(let repeats, period) = fusion.reductionAccess(root).pattern,
            repeats * period == geometry.count, chunks > 1
          else { continue }
          partialValues.append((stage, root, values.count))
          values.append(.init(count: chunks * period, birth: stage, death: stage))
        }
        reads = cluster.reads
      case .argument(let id):
        define(id, at: stage, &places)
        reads = []
      case .result: reads = fusion.reads(content)
      }
      var unread: Set<Int> = []
      if case .operation(let id) = content {
        let id = fusion.accumulations[id]?.contraction ?? id
        unread = prepare(id, fusion, at: stage, &values)
        let room = Self.roomForSums(id, fusion)
        if room > 0 {
          partialValues.append((stage, id, values.count))
          values.append(.init(count: room, birth: stage, death: stage))
        }
      }
      for id in reads.subtracting(unread) {
        if let value = places[id] { values[value].live(until: stage, fusion) }
      }
    }
    for id in results where !fusion.isShared {
      if let value = places[fusion.source(id)] { values[value].death = fusion.stages.count }
    }
    // What depends on fixed arguments alone stays for the replays that do not compute it again.
    let firstVarying = fusion.firstVaryingStage
    for index in values.indices
    where values[index].birth < firstVarying && values[index].death >= firstVarying {
      values[index].death = fusion.stages.count
    }
    memory = MemoryPlan(
      values.map { value in
        MemoryPlan.Value(
          count: value.count, birth: value.birth < 0 ? -1 : fusion.levels[value.birth],
          death: value.death < fusion.stages.count ? fusion.lastLevel(value.death) : value.death)
      })
    index = places
    for partial in partialValues {
      partials[partial.stage, default: [:]][partial.node] = memory.offsets[partial.value]
    }
  }
}
