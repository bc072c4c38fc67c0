import Tensors

/// The same function as a `Program`, evaluated node by node in double precision by plain loops.
///
/// Theory figures use it where Float would not do, and tests use it as the meaning of every
/// operation. It is thousands of times slower than a compiled program.
public struct Reference<each Input: TensorTree, Output: TensorTree>: Sendable {
  private let nodes: [Graph.Node]
  private let results: [Int]
  /// The shapes of the results, in the order of the output's leaves.
  public let shapes: [Shape]

  /// Traces `body` on tensors shaped like the examples.
  public init(
    like inputs: repeat (each Input).Arrays, tracing body: (repeat each Input) -> Output
  ) {
    let trace = Trace<Output>(like: repeat each inputs, tracing: body)
    nodes = trace.graph.nodes
    results = trace.output.tensors.map(\.id)
    shapes = trace.output.tensors.map(\.shape)
  }

  /// The results' numbers in row-major order, leaf by leaf.
  ///
  /// `leaves`: the arguments' numbers, leaf by leaf in the order of the input trees.
  public func callAsFunction(_ leaves: [[Double]]) -> [[Double]] {
    var values: [[Double]] = []
    values.reserveCapacity(nodes.count)
    for node in nodes {
      if case .input(let number) = node.op {
        precondition(leaves[number].count == node.shape.count, "an argument has the wrong count")
        values.append(leaves[number])
      } else {
        let operands = node.inputs.map { (values[$0], nodes[$0].shape) }
        values.append(node.op.evaluated(operands, shape: node.shape))
      }
    }
    return results.map { values[$0] }
  }
}
