import Tensors

/// Which nodes share a loop.
extension Fusion {
  /// Instructions and operands that one loop may hold, so that its registers stay in the cache.
  static let largestLoop = 96

  /// What a root's loop reads and computes.
  struct Expression {
    var reads: Set<Int> = []
    var views: [Int] = []
    var nodes: Set<Int> = []
  }

  /// The expression from stored values up to a root, without the root itself if it is a reduction.
  func expression(of root: Int) -> Expression {
    var result = Expression()
    var stack: [Int]
    switch kind(root) {
    case .reduction: stack = operands(root)
    case .view:
      result.views = [root]
      result.reads = Set(operands(root))
      return result
    case .constant: return result
    default:
      result.nodes.insert(root)
      stack = operands(root)
    }
    while let id = stack.popLast() {
      if isStored[id] {
        result.reads.insert(id)
      } else if kind(id) == .view {
        if !result.views.contains(id) { result.views.append(id) }
        result.reads.formUnion(operands(id))
      } else if kind(id) == .map, result.nodes.insert(id).inserted {
        stack += operands(id)
      }
    }
    return result
  }

  mutating func shareLoops() {
    // What is added to another value runs when that value is there, in place of the sum.
    let postponed = Set(accumulations.values.map(\.contraction))
    for id in graph.nodes.indices where isLive[id] && isStored[id] && !postponed.contains(id) {
      switch kind(id) {
      case .input: producedAt[id] = -1
      case .map where accumulations[id] != nil:
        stages.append(.operation(id))
        producedAt[id] = stages.count - 1
      case .operation:
        stages.append(.operation(id))
        producedAt[id] = stages.count - 1
      case .map, .view, .reduction, .constant: place(id)
      case .alias: break
      }
    }
    let fixed = stages.filter { !varies($0) }
    firstVaryingStage = fixed.count
    stages = fixed + stages.filter(varies)
  }

  private func varies(_ stage: Stage) -> Bool {
    switch stage {
    case .operation(let id): varies[id]
    case .loop(let fused): varies[fused.roots[0]]
    case .argument(let id), .result(_, let id): varies[id]
    }
  }

  private func count(ofLoopFor root: Int) -> Int {
    let node = graph.nodes[root]
    return kind(root) == .reduction ? graph.nodes[node.inputs[0]].shape.count : node.shape.count
  }

  private mutating func place(_ root: Int) {
    let expression = expression(of: root)
    let count = count(ofLoopFor: root)
    let sources = Set(expression.views.flatMap(operands))
    var earliest = 0
    for id in expression.reads {
      let at = producedAt[id] ?? -1
      let sameLoop =
        !sources.contains(id) && accumulations[id] == nil
        && (kind(id) == .map || kind(id) == .view || kind(id) == .constant)
      earliest = max(earliest, sameLoop ? at : at + 1)
    }
    let lowest = max(earliest, stages.count - 400)
    for index in stride(from: stages.count - 1, through: lowest, by: -1) {
      guard case .loop(var fused) = stages[index], fused.geometry.count == count else {
        continue
      }
      guard join(root, expression, &fused, at: index) else { continue }
      stages[index] = .loop(fused)
      producedAt[root] = index
      return
    }
    var fused = FusedLoop(geometry: LoopGeometry(count: count))
    if kind(root) == .reduction {
      _ = fused.geometry.accept(reductionAccess(root).pattern, reducing: true)
    }
    for view in expression.views {
      _ = fused.geometry.accept(access(view).pattern, reducing: false)
    }
    fused.roots = [root]
    fused.reads = expression.reads
    fused.instructionCount = expression.nodes.count
    stages.append(.loop(fused))
    producedAt[root] = stages.count - 1
  }

  private func join(
    _ root: Int, _ expression: Expression, _ fused: inout FusedLoop, at index: Int
  ) -> Bool {
    let shared = expression.reads.contains { id in
      fused.reads.contains(id) || (producedAt[id] == index)
    }
    guard shared || fused.geometry.count <= 4096 else { return false }
    guard varies[root] == varies[fused.roots[0]] else { return false }
    var geometry = fused.geometry
    if kind(root) == .reduction {
      guard geometry.accept(reductionAccess(root).pattern, reducing: true) else { return false }
    }
    for view in expression.views {
      let pattern = access(view).pattern
      guard pattern == .strided || geometry.accept(pattern, reducing: false) else { return false }
    }
    // Blocks must remain whole for reductions that were accepted before.
    for other in fused.roots where kind(other) == .reduction {
      guard geometry.accept(reductionAccess(other).pattern, reducing: true) else { return false }
    }
    let instructions = fused.instructionCount + expression.nodes.count
    guard instructions + fused.reads.union(expression.reads).count <= Self.largestLoop else {
      return false
    }
    fused.geometry = geometry
    fused.roots.append(root)
    fused.reads.formUnion(expression.reads.filter { producedAt[$0] != index })
    fused.instructionCount = instructions
    return true
  }
}
