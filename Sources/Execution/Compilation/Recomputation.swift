import Tensors

/// The stages of segments, done again on the way back in place of keeping until then what they made.
///
/// Of a segment, such as an inner step, is kept what other segments read (θ_t). Just before what
/// remains of its values is read once more, the stages that it takes are repeated as they are, with
/// the same kernels on the same numbers: no bit changes. That is a first-order pass more.
///
/// What is left is the pass of the queries, whose way back begins at once. Of it and of the segments
/// that are kept, loops are repeated alone where what they read is there anyway: a rectified value is
/// made of what its normalization's gradient needs.
///
/// - Reference: Chen, Xu, Zhang and Guestrin, "Training Deep Nets with Sublinear Memory Cost", 2016.
///   <https://arxiv.org/abs/1604.06174>
struct Recomputation {
  /// With more stages, and copies of nodes for what these compute.
  private(set) var fusion: Fusion
  /// The nodes that are results now.
  private(set) var results: [Int] = []
  /// By which node a value is read from now on.
  private var copies: [Int: Int] = [:]

  /// Repeats so many segments, the first of the trace, which would be kept for longest.
  init(_ original: Fusion, ofSegments count: Int, results: [Int]) {
    fusion = original.copied()
    let segments = Segments(original, results: results)
    var repeated: [Int: [Int]] = [:]
    for segment in 0..<count {
      guard let (place, stages) = segments.repetition(of: segment) else { continue }
      repeated[place, default: []] += stages
    }
    let loops = segments.loops(besides: count)
    fusion.stages = []
    for (place, stage) in original.stages.enumerated() {
      // A segment reads of others only what is kept, so the copies of all of them can stand in one table.
      if let stages = repeated[place] {
        fusion.repetitions.append(fusion.stages.count)
        for other in stages { fusion.stages.append(copy(original.stages[other])) }
      }
      for loop in loops[place, default: []] { fusion.stages.append(copy(original.stages[loop])) }
      let readsCopies = original.reads(stage).contains { copies[$0] != nil }
      fusion.stages.append(readsCopies ? copy(stage) : stage)
    }
    var inner: [Int: Int] = [:]
    self.results = results.map { operand($0, &inner) }
  }

  // MARK: Stages

  /// The same stage on other nodes, which reads copies where there are some.
  private mutating func copy(_ stage: Fusion.Stage) -> Fusion.Stage {
    var inner: [Int: Int] = [:]
    switch stage {
    case .loop(var fused):
      for (index, root) in fused.roots.enumerated() {
        fused.roots[index] = copy(root, &inner)
      }
      fused.reads = Set(fused.reads.map { copies[$0] ?? $0 })
      return .loop(fused)
    case .operation(let id):
      guard let sum = fusion.accumulations[id] else { return .operation(copy(id, &inner)) }
      let contraction = copy(sum.contraction, &inner)
      let base = copies[sum.base] ?? sum.base
      let copy = fusion.copy(id, reading: [base, contraction])
      copies[id] = copy
      fusion.accumulations[copy] = Fusion.Accumulation(base: base, contraction: contraction)
      return .operation(copy)
    case .result(let number, let id): return .result(number: number, copies[id] ?? id)
    case .argument: return stage
    }
  }

  // MARK: Nodes

  private mutating func copy(_ id: Int, _ inner: inout [Int: Int]) -> Int {
    var operands: [Int] = []
    for input in fusion.graph.nodes[id].inputs { operands.append(operand(input, &inner)) }
    let copy = fusion.copy(id, reading: operands)
    copies[id] = copy
    return copy
  }

  /// What a stage reads in place of a node: the copy of a stored value, or the expression of one.
  ///
  /// `inner`: the expressions that the same stage has read already, which stay one.
  private mutating func operand(_ id: Int, _ inner: inout [Int: Int]) -> Int {
    if fusion.isStored[id] { return copies[id] ?? id }
    if let known = inner[id] { return known }
    let inputs = fusion.graph.nodes[id].inputs
    var operands: [Int] = []
    for input in inputs { operands.append(operand(input, &inner)) }
    let found = operands == inputs ? id : fusion.copy(id, reading: operands)
    inner[id] = found
    return found
  }
}

/// Which stages belong to which segment of a trace, and what can be repeated of it.
private struct Segments {
  private let fusion: Fusion
  private let segments: [Int?]
  /// The stage that writes each value.
  private var writers: [Int: Int] = [:]
  /// What is there for as long as it is needed, repeated or not.
  private var kept: Set<Int>
  /// Values whose place a sum takes.
  private let overwritten: Set<Int>
  /// The stages that cannot be repeated, since what they read has been overwritten.
  private var isFinal: [Bool]
  /// The stages outside of all segments that read a value of one, in order, and what they read.
  private var readers: [Int: [(stage: Int, value: Int)]] = [:]

  init(_ fusion: Fusion, results: [Int]) {
    self.fusion = fusion
    segments = Self.segments(of: fusion)
    kept = Set(results.map(fusion.source))
    overwritten = Set(fusion.accumulations.values.map(\.base))
    isFinal = [Bool](repeating: false, count: fusion.stages.count)
    for (stage, content) in fusion.stages.enumerated() {
      for id in fusion.writes(content) { writers[id] = stage }
    }
    for (stage, content) in fusion.stages.enumerated() {
      for id in fusion.reads(content) {
        guard let segment = segment(of: id), segments[stage] != segment else { continue }
        if segments[stage] == nil {
          readers[segment, default: []].append((stage, id))
        } else {
          kept.insert(id)
        }
      }
    }
    keepWhatCannotBeRepeated()
  }

  /// The stages that make what is read of a segment on the way back, in order, and the one before which
  /// they are to be repeated; nil if nothing is.
  ///
  /// The way back begins after the longest pause. What is read before that is kept (θ_T).
  func repetition(of segment: Int) -> (before: Int, stages: [Int])? {
    guard var last = segments.lastIndex(of: segment) else { return nil }
    let readers = (readers[segment] ?? []).filter { $0.stage > last && !kept.contains($0.value) }
    var pause = 0
    var first = 0
    for (index, reader) in readers.enumerated() {
      if reader.stage - last > pause { (pause, first) = (reader.stage - last, index) }
      last = reader.stage
    }
    guard first < readers.count else { return nil }
    let readBefore = Set(readers[..<first].map(\.value)).subtracting(overwritten)
    var needed: Set<Int> = []
    var values = readers[first...].map(\.value)
    while let id = values.popLast() {
      guard !kept.contains(id), !readBefore.contains(id), self.segment(of: id) == segment,
        let stage = writers[id], !isFinal[stage], needed.insert(stage).inserted
      else { continue }
      values += fusion.reads(fusion.stages[stage])
    }
    if needed.isEmpty { return nil }
    return (readers[first].stage, needed.sorted())
  }

  /// Loops of one result that need not be kept, by the stage before which they are to be repeated.
  ///
  /// What they read is there anyway, or is small beside their result. `count`: the segments, from the
  /// first, that are repeated as a whole.
  func loops(besides count: Int) -> [Int: [Int]] {
    // Results may have no reader among the stages.
    var readers: [Int: [Int]] = [:]
    for (stage, content) in fusion.stages.enumerated() {
      for id in fusion.reads(content) { readers[id, default: []].append(stage) }
    }
    var loops: [Int: [Int]] = [:]
    for (stage, content) in fusion.stages.enumerated() {
      guard case .loop(let fused) = content, stage >= fusion.firstVaryingStage,
        (segments[stage] ?? count) >= count, isRepeatable(fused), let root = fused.roots.first
      else { continue }
      let places = [stage] + readers[root, default: []]
      let pauses = zip(places, places.dropFirst()).map { (length: $1 - $0, end: $1) }
      guard let pause = pauses.dropFirst().max(by: { $0.length < $1.length }) else { continue }
      let longer = fused.reads.filter { id in
        fusion.kind(id) != .input && readers[id, default: []].allSatisfy { $0 < pause.end }
      }
      let room = longer.reduce(0) { $0 + fusion.graph.nodes[$1].shape.count }
      if 2 * room < fused.geometry.count { loops[pause.end, default: []].append(stage) }
    }
    return loops
  }

  /// Whether a loop makes one value, which no stage needs to find where it was made.
  private func isRepeatable(_ fused: Fusion.FusedLoop) -> Bool {
    guard fused.roots.count == 1, let root = fused.roots.first, fusion.kind(root) == .map else {
      return false
    }
    return !kept.contains(root) && overwritten.isDisjoint(with: fused.reads.union([root]))
  }

  private func segment(of value: Int) -> Int? { writers[value].flatMap { segments[$0] } }

  /// A stage belongs to the segment of what it computes first.
  private static func segments(of fusion: Fusion) -> [Int?] {
    var ofNodes = [Int?](repeating: nil, count: fusion.graph.nodes.count)
    for (number, nodes) in fusion.graph.segments.enumerated() {
      for id in nodes { ofNodes[id] = number }
    }
    return fusion.stages.enumerated().map { stage, content in
      guard stage >= fusion.firstVaryingStage, let first = fusion.writes(content).first else {
        return nil
      }
      return ofNodes[first]
    }
  }

  /// Keeps what is made of a value whose place a sum has taken since, unless that value is made again.
  private mutating func keepWhatCannotBeRepeated() {
    kept.subtract(overwritten)
    for (stage, content) in fusion.stages.enumerated() where segments[stage] != nil {
      isFinal[stage] = fusion.reads(content).contains { id in
        guard overwritten.contains(id) else { return false }
        guard let writer = writers[id] else { return true }
        return segments[writer] != segments[stage] || isFinal[writer]
      }
      if isFinal[stage] {
        kept.formUnion(fusion.writes(content).filter { !overwritten.contains($0) })
      }
    }
  }
}

extension Fusion {
  /// Whether what was made of a value for one stage is not kept for another one, since a segment is
  /// repeated in between: the segment's layouts of its weights would double what is kept of it.
  func isForgotten(_ id: Int, from last: Int, to stage: Int) -> Bool {
    kind(id) != .input && repetitions.contains { $0 > last && $0 <= stage }
  }
}
