/// A value in a computation that is being described: what formulas are written with.
///
/// A tensor has a shape but no numbers; those exist when the program it belongs to is called.
/// So a condition on a value cannot be written by accident, and a learner is mathematics by
/// construction.
public struct Tensor {
  package let graph: Graph
  package let id: Int

  package init(graph: Graph, id: Int) {
    self.graph = graph
    self.id = id
  }

  /// The extents.
  public var shape: Shape { graph.nodes[id].shape }

  /// One number everywhere, in the shape of this tensor.
  public func constant(_ value: Double) -> Tensor { graph.constant(value, shape: shape) }

  /// One number of rank zero, in the program of this tensor.
  public func scalar(_ value: Double) -> Tensor { graph.constant(value, shape: []) }

  /// What `body` computes, under a name that profiles and error messages show.
  public func labelled<Result>(_ name: String, _ body: (Tensor) -> Result) -> Result {
    graph.labelled(name) { body(self) }
  }

  /// The value of the node if it is one number everywhere.
  var constantValue: Double? {
    if case .constant(let value) = graph.nodes[id].op { value } else { nil }
  }

  var op: Op { graph.nodes[id].op }
  var operands: [Tensor] { graph.nodes[id].inputs.map { Tensor(graph: graph, id: $0) } }

  /// The tensor of an operation on this and other operands, simplified where its value is known.
  package func apply(_ op: Op, _ others: Tensor..., shape wanted: Shape? = nil) -> Tensor {
    Tensor.apply(op, [self] + others, shape: wanted)
  }

  package static func apply(_ op: Op, _ operands: [Tensor], shape wanted: Shape? = nil) -> Tensor {
    let graph = operands[0].graph
    if operands.contains(where: { $0.graph !== graph }) {
      graph.shapeError("\(op) mixes tensors of two programs")
    }
    let shape: Shape
    do {
      shape = try op.shape(of: operands.map(\.shape), wanted: wanted)
    } catch {
      graph.shapeError("\(error)")
    }
    if let simpler = op.simplified(operands, shape: shape) { return simpler }
    return Tensor(graph: graph, id: graph.node(op, operands.map(\.id), shape: shape))
  }
}
