/// Where in the arena everything lies that a plan stores: values, what convolutions read laid out
/// otherwise, and partial sums.
struct BufferAssignment {
  private let schedule: Schedule
  /// How much is kept, from which stage to which.
  private var buffers: [MemoryPlan.Value] = []
  /// The buffer of each stored node; of some the same.
  private var stored: [Int: Int] = [:]
  /// What convolutions lay out, each time that it is: its buffer, and the first stage to need it.
  private var prepared: [Prepared: [(buffer: Int, stage: Int)]] = [:]
  private var partialSums: [PartialSums: Int] = [:]
  private(set) var memory = MemoryPlan([])

  /// What a stage adds up elsewhere than in a node's place.
  private struct PartialSums: Hashable {
    var stage: Int
    var node: Int
  }

  private var fusion: Fusion { schedule.fusion }

  init(_ schedule: Schedule, results: [Int]) {
    self.schedule = schedule
    if !fusion.isShared { addArguments(results) }
    let readers = schedule.readers(results)
    for (stage, content) in schedule.stages.enumerated() {
      switch content {
      case .loop(let fused): add(fused, at: stage, readers)
      case .operation(let id): add(operation: id, at: stage, readers)
      case .argument(let id): define(id, at: stage)
      case .result(_, let id): read([id], at: stage)
      }
    }
    keep(results)
    memory = MemoryPlan(buffers.map(inLevels))
  }

  // MARK: What lies where

  /// Where a stored node lies.
  func address(_ id: Int) -> Int {
    guard let buffer = stored[id] else { fatalError("node \(id) is not stored") }
    return memory.offsets[buffer]
  }

  /// Whether a node lies in the arena, and is not an argument that is read where it is.
  func isPlaced(_ id: Int) -> Bool { stored[id] != nil }

  /// Where a stage keeps the sums of a loop's tiles, or of a convolution's ranges of images; nil if
  /// it has none of its own.
  func partialSums(of node: Int, at stage: Int) -> Int? {
    partialSums[PartialSums(stage: stage, node: node)].map { memory.offsets[$0] }
  }

  /// Where a stage finds it, and the stage that is the first to need it and so prepares it; nil for what
  /// needs no preparation.
  func prepared(_ what: Prepared, at stage: Int) -> (offset: Int, stage: Int)? {
    prepared[what]?.last { $0.stage <= stage }.map { (memory.offsets[$0.buffer], $0.stage) }
  }

  // MARK: Lifetimes

  private mutating func define(_ id: Int, at stage: Int) {
    stored[id] = buffer(fusion.graph.nodes[id].shape.count, at: stage)
  }

  /// Another buffer, that a stage writes.
  private mutating func buffer(_ count: Int, at stage: Int) -> Int {
    buffers.append(.init(count: count, birth: stage, death: stage))
    return buffers.count - 1
  }

  private mutating func read(_ nodes: Set<Int>, at stage: Int) {
    for id in nodes {
      if let buffer = stored[id] { buffers[buffer].live(until: stage, schedule) }
    }
  }

  private mutating func addArguments(_ results: [Int]) {
    let readInPlace = fusion.argumentsReadInPlace(results)
    for id in fusion.graph.nodes.indices where fusion.isLive[id] && fusion.kind(id) == .input {
      if !readInPlace.contains(id) { define(id, at: -1) }
    }
  }

  private mutating func add(
    _ fused: Fusion.FusedLoop, at stage: Int, _ readers: [Int: [Int]]
  ) {
    for root in fused.roots {
      if let operand = schedule.operandUpdatedInPlace(by: fused, at: stage, readers),
        let buffer = stored[operand]
      {
        stored[root] = buffer
        continue
      }
      define(root, at: stage)
      guard fusion.kind(root) == .reduction else { continue }
      let geometry = fused.geometry
      let tiles = (geometry.count + geometry.tile - 1) / max(geometry.tile, 1)
      let period = fusion.graph.nodes[root].shape.count
      guard case .repeating(let repeats, period) = fusion.reductionAccess(root).pattern,
        repeats * period == geometry.count, tiles > 1
      else { continue }
      partialSums[PartialSums(stage: stage, node: root)] = buffer(tiles * period, at: stage)
    }
    read(fused.reads, at: stage)
  }

  private mutating func add(operation sum: Int, at stage: Int, _ readers: [Int: [Int]]) {
    let id = fusion.accumulations[sum]?.contraction ?? sum
    var reads = Set(fusion.operands(id))
    if let accumulation = fusion.accumulations[sum] {
      stored[sum] = stored[accumulation.base]
      reads.insert(sum)
    } else if let operand = schedule.operandUpdatedInPlace(by: sum, at: stage, readers) {
      stored[sum] = stored[operand]
    } else {
      define(sum, at: stage)
    }
    let unread = prepare(id, at: stage)
    let room = Self.roomForSums(id, fusion)
    if room > 0 {
      partialSums[PartialSums(stage: stage, node: id)] = buffer(room, at: stage)
    }
    read(reads.subtracting(unread), at: stage)
  }

  /// Makes room for what a convolution needs laid out differently, or lets it live until then.
  ///
  /// Returns the operands that are not read any more, because they lie laid out already.
  private mutating func prepare(_ id: Int, at stage: Int) -> Set<Int> {
    let operands = fusion.operands(id)
    var unread: Set<Int> = []
    for (what, count) in Self.needs(id, fusion) {
      if let known = prepared[what]?.last,
        !fusion.isForgotten(what.source, from: buffers[known.buffer].death, to: stage)
      {
        buffers[known.buffer].live(until: stage, schedule)
        if operands[0] != operands[1] { unread.insert(what.source) }
      } else {
        prepared[what, default: []].append((buffer(count, at: stage), stage))
      }
    }
    return unread
  }

  /// Keeps results to the end, unless stages copy them, and what depends on fixed arguments alone for
  /// the replays that do not compute it again.
  private mutating func keep(_ results: [Int]) {
    let end = schedule.stages.count
    for id in results where !fusion.isShared {
      if let buffer = stored[fusion.source(id)] { buffers[buffer].death = end }
    }
    for index in buffers.indices
    where buffers[index].birth < schedule.firstVarying
      && buffers[index].death >= schedule.firstVarying
    {
      buffers[index].death = end
    }
  }

  /// A lifetime in levels: from the earliest of the stage that writes to the latest of those that
  /// read.
  private func inLevels(_ buffer: MemoryPlan.Value) -> MemoryPlan.Value {
    let (birth, death) = (buffer.birth, buffer.death)
    return MemoryPlan.Value(
      count: buffer.count, birth: birth < 0 ? -1 : schedule.earliest[birth],
      death: death < 0 ? -1 : death < schedule.stages.count ? schedule.latest[death] : death)
  }
}
