/// The nodes of one trace, in an order in which every operand precedes its use.
///
/// Equal expressions are one node: common subexpressions vanish as they are written, across the
/// inner steps of a learner and across its first and second backward passes alike.
package final class Graph {
  package struct Node: Hashable {
    package var op: Op
    package var inputs: [Int]
    package var shape: Shape
  }

  package private(set) var nodes: [Node] = []
  /// Where in the model each node was written, for profiles and messages.
  package private(set) var labels: [String] = []
  /// Stretches of the trace whose inner values can be computed again, from what lies before them.
  package private(set) var segments: [Range<Int>] = []
  private var known: [Node: Int] = [:]
  private var scope: [String] = []

  package init() {}

  /// The same nodes, to which others can be added.
  package init(copying other: Graph) {
    (nodes, labels, segments) = (other.nodes, other.labels, other.segments)
  }

  /// The node for an operation on operands: an existing equal one, or a new one.
  package func node(_ op: Op, _ inputs: [Int], shape: Shape) -> Int {
    let node = Node(op: op, inputs: inputs, shape: shape)
    if let id = known[node] { return id }
    nodes.append(node)
    labels.append(label)
    known[node] = nodes.count - 1
    return nodes.count - 1
  }

  /// Whether this expression has been written before.
  package func hasNode(_ op: Op, _ inputs: [Int], shape: Shape) -> Bool {
    known[Node(op: op, inputs: inputs, shape: shape)] != nil
  }

  /// Another node like one that there is, even if an equal one exists.
  package func copy(_ id: Int, reading inputs: [Int]) -> Int {
    nodes.append(Node(op: nodes[id].op, inputs: inputs, shape: nodes[id].shape))
    labels.append(labels[id])
    return nodes.count - 1
  }

  /// What `body` writes, as a segment: an inner step, of which a plan can keep only what others read
  /// if there is not the memory to keep all of it for the way back.
  package func segment<Result>(_ body: () -> Result) -> Result {
    let first = nodes.count
    defer { segments.append(first..<nodes.count) }
    return body()
  }

  package var label: String { scope.joined(separator: "/") }

  package func labelled<Result>(_ name: String, _ body: () -> Result) -> Result {
    scope.append(name)
    defer { scope.removeLast() }
    return body()
  }

  /// What `body` writes, under the label of a node that it belongs to.
  package func labelled<Result>(like id: Int, _ body: () -> Result) -> Result {
    let outer = scope
    scope = [labels[id]]
    defer { scope = outer }
    return body()
  }

  package func input(_ number: Int, shape: Shape) -> Tensor {
    Tensor(graph: self, id: node(.input(number), [], shape: shape))
  }

  package func constant(_ value: Double, shape: Shape) -> Tensor {
    Tensor(graph: self, id: node(.constant(value), [], shape: shape))
  }

  /// Stops the program because a formula's shapes do not fit: a mistake in a model or a figure.
  package func shapeError(_ message: String) -> Never {
    fatalError(label.isEmpty ? message : "in \(label): \(message)")
  }
}
