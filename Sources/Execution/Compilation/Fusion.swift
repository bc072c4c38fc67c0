import Tensors

/// Decides which values are stored, and which elementwise nodes share a loop.
///
/// A chain of elementwise operations lives in registers from the stored values that it reads to the
/// value or the sum that somebody needs. Cheap expressions are computed again in every loop that
/// uses them: arithmetic on data that a loop reads anyway costs less than another trip to memory.
struct Fusion {
  /// A loop to be, or any other operation; in a shared replay also what is copied to and from it.
  enum Stage {
    case loop(FusedLoop)
    case operation(Int)
    case argument(Int)
    case result(number: Int, Int)
  }

  struct FusedLoop {
    var geometry: LoopGeometry
    /// The nodes that must be stored or reduced, in order.
    var roots: [Int] = []
    /// Stored values that the loop reads.
    var reads: Set<Int> = []
    var instructionCount = 0
  }

  /// An expression's price above which it is stored when it is used more than once.
  static let recomputationLimit = 6

  private(set) var graph: Graph
  /// Whether several workers take part in each stage.
  let isShared: Bool
  var stages: [Stage] = []
  private(set) var isStored: [Bool]
  private(set) var isLive: [Bool]
  /// The first stage that depends on an argument that is not fixed.
  var firstVaryingStage = 0
  /// Which nodes depend on an argument that is not fixed.
  private(set) var varies: [Bool]
  /// The first stages of segments that are done again (`Recomputation`), in order.
  var repetitions: [Int] = []
  /// Sums a + b where the product or convolution b is added to a where a lies.
  var accumulations: [Int: Accumulation] = [:]
  /// Who reads a node's value.
  private(set) var consumers: [[Int]]
  /// The stage that stores a node's value.
  var producedAt: [Int: Int] = [:]

  /// `fixedInputs`: how many arguments, from the first, stay the same for many calls;
  ///   what depends on them alone is put into the first stages.
  ///
  /// `isShared`: whether several workers take part in each stage.
  init(_ graph: Graph, results: [Int], fixedInputs: Int = 0, isShared: Bool = false) {
    self.graph = graph
    self.isShared = isShared
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
    shareLoops()
    if isShared { addTransfers(results) }
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

  // MARK: Copies

  /// The same, with a graph of its own that can be changed.
  func copied() -> Fusion {
    var copy = self
    copy.graph = Graph(copying: graph)
    return copy
  }

  /// Another node like one that there is, stored or not as that one is.
  mutating func copy(_ id: Int, reading inputs: [Int]) -> Int {
    isStored.append(isStored[id])
    isLive.append(true)
    varies.append(varies[id])
    return graph.copy(id, reading: inputs)
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
}
