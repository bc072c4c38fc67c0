import Tensors

/// Decides which values are stored, and which elementwise nodes share a loop.
///
/// A chain of elementwise operations lives in registers from the stored values that it reads to the
/// value or the sum that somebody needs. Cheap expressions are computed again in every loop that
/// uses them: arithmetic on data that a loop reads anyway costs less than another trip to memory.
struct Fusion {
  /// A loop to be, or any other operation.
  enum Stage {
    case loop(Cluster)
    case operation(Int)
  }

  struct Cluster {
    var geometry: LoopGeometry
    /// The nodes that must be stored or reduced, in order.
    var roots: [Int] = []
    /// Stored values that the loop reads.
    var reads: Set<Int> = []
    var instructionCount = 0
  }

  struct Accumulation {
    /// The value that nobody else reads, which becomes the sum.
    var base: Int
    var contraction: Int
  }

  /// An expression's price above which it is stored when it is used more than once.
  static let recomputationLimit = 6
  /// Instructions and operands that one loop may hold, so that its registers stay in the cache.
  static let largestCluster = 96

  let graph: Graph
  private(set) var stages: [Stage] = []
  private(set) var isStored: [Bool]
  private(set) var isLive: [Bool]
  /// The first stage that depends on an argument that is not fixed.
  private(set) var firstVaryingStage = 0
  private var varies: [Bool]
  /// Sums a + b where the product or convolution b is added to a where a lies.
  private(set) var accumulations: [Int: Accumulation] = [:]
  private var consumers: [[Int]]
  private var producedAt: [Int: Int] = [:]

  /// `fixedInputs`: how many arguments, from the first, stay the same for many calls;
  ///   what depends on them alone is put into the first stages.
  init(_ graph: Graph, results: [Int], fixedInputs: Int = 0) {
    self.graph = graph
    let nodes = graph.nodes
    isLive = [Bool](repeating: false, count: nodes.count)
    isStored = isLive
    consumers = Array(repeating: [], count: nodes.count)
    varies = isLive
    for id in nodes.indices {
      if case .input(let number) = nodes[id].op {
        varies[id] = number >= fixedInputs
      } else {
        varies[id] = nodes[id].inputs.contains { varies[$0] }
      }
    }
    for id in results { isLive[id] = true }
    for id in nodes.indices.reversed() where isLive[id] {
      for input in nodes[id].inputs { isLive[input] = true }
    }
    chooseStored(results)
    schedule()
  }

  /// The node that holds the value: reshapes and cut gradients are other names for it.
  func source(_ id: Int) -> Int {
    var id = id
    while true {
      switch graph.nodes[id].op {
      case .reshape, .stopGradient, .variable, .recomputed: id = graph.nodes[id].inputs[0]
      default: return id
      }
    }
  }

  enum Kind { case alias, map, view, reduction, operation, input, constant }

  func kind(_ id: Int) -> Kind {
    switch graph.nodes[id].op {
    case .input: .input
    case .constant: .constant
    case .reshape, .stopGradient, .variable, .recomputed: .alias
    case .unary, .binary, .select: .map
    case .broadcast, .transpose, .slice: .view
    case .sum, .maximum: .reduction
    default: .operation
    }
  }

  func operands(_ id: Int) -> [Int] { graph.nodes[id].inputs.map(source) }

  /// How a view lies in the value that it is a view of.
  func access(_ view: Int) -> Access {
    let node = graph.nodes[view]
    guard
      let access = Access.view(node.op, of: graph.nodes[node.inputs[0]].shape, shape: node.shape)
    else { fatalError("\(node.op.name) is not a view") }
    return access
  }

  func reductionAccess(_ id: Int) -> Access {
    let node = graph.nodes[id]
    let operand = graph.nodes[node.inputs[0]].shape
    switch node.op {
    case .sum(let axes), .maximum(let axes):
      return Access.reduction(along: axes, of: operand, shape: node.shape)
    default: fatalError("\(node.op.name) is not a reduction")
    }
  }

  // MARK: What is stored

  private mutating func chooseStored(_ results: [Int]) {
    var forced = Set(results.map(source))
    for id in graph.nodes.indices where isLive[id] {
      switch kind(id) {
      case .operation, .view: forced.formUnion(operands(id))
      default: break
      }
      if kind(id) != .alias { for operand in Set(operands(id)) { consumers[operand].append(id) } }
    }
    findAccumulations(Set(results.map(source)), forced: forced)
    var price = [Int](repeating: 0, count: graph.nodes.count)
    for id in graph.nodes.indices where isLive[id] {
      switch kind(id) {
      case .input, .operation, .reduction: isStored[id] = true
      case .constant, .view: isStored[id] = forced.contains(id)
      case .map where accumulations[id] != nil: isStored[id] = true
      case .map:
        let parts = Set(operands(id)).filter { !isStored[$0] && kind($0) == .map }
        price[id] = parts.reduce(Self.price(graph.nodes[id].op)) { $0 + price[$1] }
        isStored[id] =
          forced.contains(id)
          || (consumers[id].count > 1 && price[id] > Self.recomputationLimit)
      case .alias: break
      }
    }
  }

  /// Finds the sums that contractions can be added to in place.
  ///
  /// λ + ((a + b) + c) becomes ((λ + a) + b) + c, since sums of contractions that nobody else reads
  /// may be taken apart.
  ///
  /// `forced`: what is stored in any case.
  private mutating func findAccumulations(_ results: Set<Int>, forced: Set<Int>) {
    func isPrivate(_ id: Int, to user: Int) -> Bool {
      consumers[id] == [user] && !results.contains(id)
    }
    /// Whether nobody reads a value once a sum has begun to take its place.
    func isFree(_ id: Int, before first: Int, for sum: Int) -> Bool {
      !results.contains(id) && varies[id] == varies[sum]
        && consumers[id].allSatisfy { user in
          guard user != sum else { return true }
          let runsInItsTurn =
            switch kind(user) {
            case .map: forced.contains(user) && accumulations[user] == nil
            case .reduction: true
            default: false
            }
          return user < first && varies[user] == varies[sum] && runsInItsTurn
        }
    }
    for id in graph.nodes.indices where isLive[id] && graph.nodes[id].op == .binary(.add) {
      let operands = operands(id)
      guard operands[0] != operands[1] else { continue }
      for (base, other) in [(operands[0], operands[1]), (operands[1], operands[0])] {
        guard isContraction(base) || accumulations[base] != nil, isPrivate(other, to: id) else {
          continue
        }
        if isContraction(other) {
          guard isFree(base, before: id, for: id) else { continue }
          accumulations[id] = Accumulation(base: base, contraction: other)
          break
        }
        guard let chain = chain(to: other), base < chain[0].sum,
          isFree(base, before: chain[0].sum, for: id)
        else { continue }
        var target = base
        for (sum, contraction) in zip(chain.map(\.sum) + [id], contractions(of: chain)) {
          accumulations[sum] = Accumulation(base: target, contraction: contraction)
          target = sum
        }
        break
      }
    }
  }

  private func isContraction(_ id: Int) -> Bool {
    switch graph.nodes[id].op {
    case .product, .convolution: true
    default: false
    }
  }

  /// The sums that lead from a first contraction to a value, all of contractions.
  private func chain(to last: Int) -> [(sum: Int, accumulation: Accumulation)]? {
    var links: [(sum: Int, accumulation: Accumulation)] = []
    var id = last
    while let accumulation = accumulations[id] {
      links.append((id, accumulation))
      id = accumulation.base
    }
    guard !links.isEmpty, links.allSatisfy({ consumers[$0.accumulation.base].count == 1 }) else {
      return nil
    }
    return links.reversed()
  }

  private func contractions(of chain: [(sum: Int, accumulation: Accumulation)]) -> [Int] {
    chain.prefix(1).map(\.accumulation.base) + chain.map(\.accumulation.contraction)
  }

  private static func price(_ op: Op) -> Int {
    switch op {
    case .unary(.exponential), .unary(.logarithm), .unary(.softplus), .unary(.tanh),
      .unary(.logistic), .unary(.sine), .unary(.cosine):
      8
    case .unary(.squareRoot), .unary(.reciprocal), .unary(.reciprocalSquareRoot), .binary(.divide):
      3
    default: 1
    }
  }

  // MARK: Which nodes share a loop

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

  private mutating func schedule() {
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
    case .loop(let cluster): varies[cluster.roots[0]]
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
      guard case .loop(var cluster) = stages[index], cluster.geometry.count == count else {
        continue
      }
      guard join(root, expression, &cluster, at: index) else { continue }
      stages[index] = .loop(cluster)
      producedAt[root] = index
      return
    }
    var cluster = Cluster(geometry: LoopGeometry(count: count))
    if kind(root) == .reduction {
      _ = cluster.geometry.accept(reductionAccess(root).pattern, reducing: true)
    }
    for view in expression.views {
      _ = cluster.geometry.accept(access(view).pattern, reducing: false)
    }
    cluster.roots = [root]
    cluster.reads = expression.reads
    cluster.instructionCount = expression.nodes.count
    stages.append(.loop(cluster))
    producedAt[root] = stages.count - 1
  }

  private func join(
    _ root: Int, _ expression: Expression, _ cluster: inout Cluster, at index: Int
  ) -> Bool {
    let shared = expression.reads.contains { id in
      cluster.reads.contains(id) || (producedAt[id] == index)
    }
    guard shared || cluster.geometry.count <= 4096 else { return false }
    guard varies[root] == varies[cluster.roots[0]] else { return false }
    var geometry = cluster.geometry
    if kind(root) == .reduction {
      guard geometry.accept(reductionAccess(root).pattern, reducing: true) else { return false }
    }
    for view in expression.views {
      let pattern = access(view).pattern
      guard pattern == .strided || geometry.accept(pattern, reducing: false) else { return false }
    }
    // Blocks must remain whole for reductions that were accepted before.
    for other in cluster.roots where kind(other) == .reduction {
      guard geometry.accept(reductionAccess(other).pattern, reducing: true) else { return false }
    }
    let instructions = cluster.instructionCount + expression.nodes.count
    guard instructions + cluster.reads.union(expression.reads).count <= Self.largestCluster else {
      return false
    }
    cluster.geometry = geometry
    cluster.roots.append(root)
    cluster.reads.formUnion(expression.reads.filter { producedAt[$0] != index })
    cluster.instructionCount = instructions
    return true
  }
}
