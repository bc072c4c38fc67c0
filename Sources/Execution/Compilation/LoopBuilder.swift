import Tensors

/// Turns a fused of nodes into instructions on registers.
struct LoopBuilder {
  private let fusion: Fusion
  private let fused: Fusion.FusedLoop
  private let buffers: BufferAssignment
  private let block: Int

  private(set) var instructions: [Instruction] = []
  private(set) var expansions: [Expansion] = []
  private(set) var reductions: [LoopReduction] = []
  private(set) var axes: [Access.Axis] = []

  private var places: [Int: Place] = [:]
  private var constants: [Double: Place] = [:]
  private var viewPlaces: [ViewKey: Place] = [:]
  private var registerCount = 0
  private var freeRegisters: [Int] = []
  private var remainingUses: [Int: Int] = [:]
  private var members: [Int] = []
  private var folded: Set<Int> = []

  private struct ViewKey: Hashable {
    var source: Int
    var access: Access
  }

  /// `stage`: the fused's.
  init(_ fusion: Fusion, _ fused: Fusion.FusedLoop, _ buffers: BufferAssignment, at stage: Int) {
    self.fusion = fusion
    self.fused = fused
    self.buffers = buffers
    block = fused.geometry.block
    collect()
    fold()
    for root in fused.roots where [.view, .constant].contains(fusion.kind(root)) { copy(root) }
    for id in members where !folded.contains(id) { emit(id) }
    for root in fused.roots where fusion.kind(root) == .reduction {
      reduce(root, partials: buffers.partialSums(of: root, at: stage))
    }
  }

  var scratch: Int { registerCount * block }

  private var graph: Graph { fusion.graph }

  /// Where a stored node lies in the arena.
  private func address(_ id: Int) -> Int { buffers.address(fusion.source(id)) }

  // MARK: Nodes

  private mutating func collect() {
    var nodes: Set<Int> = []
    for root in fused.roots { nodes.formUnion(fusion.expression(of: root).nodes) }
    members = nodes.sorted()
    for id in members {
      for operand in fusion.operands(id) { remainingUses[operand, default: 0] += 1 }
    }
    for root in fused.roots where fusion.kind(root) == .reduction {
      remainingUses[fusion.operands(root)[0], default: 0] += 1
    }
  }

  private func isInner(_ id: Int, _ op: Op) -> Bool {
    graph.nodes[id].op == op && !fusion.isStored[id]
  }

  /// Products that end in a sum or a gate are part of that instruction.
  private mutating func fold() {
    for id in members {
      let operands = fusion.operands(id)
      switch graph.nodes[id].op {
      case .binary(.add), .binary(.subtract):
        let factor = operands.first {
          isInner($0, .binary(.multiply)) && remainingUses[$0] == 1 && gated($0) == nil
        }
        if let factor, operands[0] != operands[1] { folded.insert(factor) }
      default: break
      }
    }
    for id in members where isInner(id, .unary(.step)) {
      let users = members.filter { fusion.operands($0).contains(id) }
      let reduced = fused.roots.contains {
        fusion.kind($0) == .reduction && fusion.operands($0)[0] == id
      }
      if !reduced && users.allSatisfy({ gated($0)?.step == id }) {
        folded.insert(id)
        remainingUses[fusion.operands(id)[0], default: 0] += users.count - 1
      }
    }
    for root in fused.roots {
      guard case .sum = graph.nodes[root].op else { continue }
      let operand = fusion.operands(root)[0]
      guard remainingUses[operand] == 1, !fusion.isStored[operand] else { continue }
      let isProduct = isInner(operand, .binary(.multiply)) && gated(operand) == nil
      if isProduct || isInner(operand, .unary(.square)) { folded.insert(operand) }
    }
  }

  /// For g · step(x): the gated value and the step.
  private func gated(_ id: Int) -> (value: Int, step: Int)? {
    guard graph.nodes[id].op == .binary(.multiply) else { return nil }
    let operands = fusion.operands(id)
    if isInner(operands[1], .unary(.step)) { return (operands[0], operands[1]) }
    if isInner(operands[0], .unary(.step)) { return (operands[1], operands[0]) }
    return nil
  }

  // MARK: Registers

  private mutating func register() -> Place {
    if let free = freeRegisters.popLast() { return Place(kind: .register, offset: free) }
    defer { registerCount += 1 }
    return Place(kind: .register, offset: registerCount * block)
  }

  private mutating func permanentRegister() -> Place {
    defer { registerCount += 1 }
    return Place(kind: .register, offset: registerCount * block)
  }

  private mutating func release(_ id: Int) {
    guard let left = remainingUses[id] else { return }
    remainingUses[id] = left - 1
    guard left == 1, !fusion.isStored[id], fusion.kind(id) == .map, let place = places[id],
      place.kind == .register
    else { return }
    freeRegisters.append(place.offset)
  }

  /// Where an operand is found.
  private mutating func place(_ id: Int) -> Place {
    if let place = places[id] { return place }
    if case .input(let number) = graph.nodes[id].op, !buffers.isPlaced(id) {
      return Place(kind: .argument, offset: number)
    }
    if fusion.isStored[id] { return Place(kind: .moving, offset: address(id)) }
    switch fusion.kind(id) {
    case .constant:
      guard case .constant(let value) = graph.nodes[id].op else { fatalError("not a constant") }
      return constant(value)
    case .view: return view(id)
    default: fatalError("\(graph.nodes[id].op.name) is used before it is computed")
    }
  }

  private mutating func constant(_ value: Double) -> Place {
    if let place = constants[value] { return place }
    let place = permanentRegister()
    expansions.append(
      Expansion(kind: .constant, register: place.offset, value: Float(value)))
    constants[value] = place
    return place
  }

  private mutating func view(_ id: Int) -> Place {
    let source = fusion.operands(id)[0]
    let access = fusion.access(id)
    let key = ViewKey(source: source, access: access)
    if let place = viewPlaces[key] { return place }
    let place = load(access, at: address(source))
    viewPlaces[key] = place
    return place
  }

  private mutating func load(_ access: Access, at address: Int) -> Place {
    let start = address + access.offset
    var geometry = fused.geometry
    let fits =
      geometry.accept(access.pattern, reducing: false) && geometry.block == block
      && geometry.segment == fused.geometry.segment
    switch access.pattern {
    case .contiguous: return Place(kind: .moving, offset: start)
    case .repeating(let repeats, let period) where fits && period > LoopGeometry.largestBlock:
      return Place(kind: .cyclic, offset: start, span: repeats * period, period: period)
    case .repeating(let repeats, let period) where fits:
      let place = permanentRegister()
      let span = repeats * period
      let small = span <= LoopGeometry.largestBlock && span < fused.geometry.count
      expansions.append(
        Expansion(
          kind: small ? .perBlock : .perSegment, register: place.offset, offset: start,
          repeats: repeats, period: period))
      return place
    default:
      let place = permanentRegister()
      let first = axes.count
      axes += access.axes
      expansions.append(
        Expansion(
          kind: .strided, register: place.offset, offset: start, axes: first..<axes.count))
      return place
    }
  }

  // MARK: Instructions

  private mutating func emit(_ id: Int) {
    let operands = fusion.operands(id)
    switch graph.nodes[id].op {
    case .unary(let function): emit(id, function.code, operands)
    case .select: emit(id, .select, operands)
    case .binary(let function):
      if let gate = gated(id), folded.contains(gate.step) {
        let x = fusion.operands(gate.step)[0]
        emit(id, .gate, [gate.value, gate.value, x], also: [gate.step])
      } else if let factor = operands.first(where: folded.contains) {
        let other = operands[0] == factor ? operands[1] : operands[0]
        let code: Instruction.Code =
          function == .add
          ? .multiplyAdd : operands[0] == factor ? .multiplySubtract : .negateMultiplyAdd
        emit(id, code, fusion.operands(factor) + [other], also: [factor])
      } else {
        emit(id, function.code, operands)
      }
    default: fatalError("\(graph.nodes[id].op.name) is not elementwise")
    }
  }

  private mutating func emit(
    _ id: Int, _ code: Instruction.Code, _ operands: [Int], also inner: [Int] = []
  ) {
    let found = operands.map { place($0) }
    let result =
      fusion.isStored[id] ? Place(kind: .moving, offset: address(id)) : register()
    instructions.append(
      Instruction(
        code: code, a: found[0], b: found[min(1, found.count - 1)],
        c: found[found.count - 1], result: result))
    places[id] = result
    for operand in Set(operands) { release(operand) }
    for operand in inner where remainingUses[operand] != nil { release(operand) }
  }

  private mutating func copy(_ root: Int) {
    let from = fusion.kind(root) == .view ? view(root) : constant(root)
    instructions.append(
      Instruction(
        code: .copy, a: from, b: from, c: from,
        result: Place(kind: .moving, offset: address(root))))
  }

  private mutating func constant(_ id: Int) -> Place {
    guard case .constant(let value) = graph.nodes[id].op else { fatalError("not a constant") }
    return constant(value)
  }

  /// `partials`: where the tiles' results lie, if there are several tiles.
  private mutating func reduce(_ root: Int, partials: Int?) {
    let operand = fusion.operands(root)[0]
    let factors = folded.contains(operand) ? fusion.operands(operand) : [operand]
    let isSquare = folded.contains(operand) && factors.count == 1
    let a = place(factors[0])
    let b = factors.count == 2 ? place(factors[1]) : isSquare ? a : nil
    guard case .repeating(let repeats, let period) = fusion.reductionAccess(root).pattern else {
      fatalError("reductions run over neighbouring axes")
    }
    let span = repeats * period
    let isMaximum = if case .maximum = graph.nodes[root].op { true } else { false }
    let kind: LoopReduction.Kind =
      span <= LoopGeometry.largestBlock && span < fused.geometry.count
      ? .perBlock : period > LoopGeometry.largestBlock ? .inMemory : .accumulated
    reductions.append(
      LoopReduction(
        kind: kind, isMaximum: isMaximum, a: a, b: b,
        register: kind == .accumulated ? permanentRegister().offset : 0,
        offset: partials ?? address(root), combined: partials.map { _ in address(root) },
        repeats: repeats, period: period))
  }
}
