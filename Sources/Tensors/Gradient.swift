/// The gradient of a scalar, itself a formula that can be differentiated again.
///
/// Reverse accumulation: walks the graph backwards from `loss`, and adds to every operand what its
/// use contributes. Variables on which the loss does not depend have the gradient zero.
/// The loss must have one element.
public func gradient(of loss: Tensor, withRespectTo variables: [Tensor]) -> [Tensor] {
  if loss.shape.count != 1 {
    loss.graph.shapeError("a loss must be one number, and this one has the shape \(loss.shape)")
  }
  return pullback(of: [loss], along: [loss.constant(1)], to: variables)
}

/// What flows to the variables when the cotangents flow to the outputs: Jᵀv.
public func pullback(
  of outputs: [Tensor], along cotangents: [Tensor], to variables: [Tensor]
) -> [Tensor] {
  guard let last = outputs.map(\.id).max(), let first = variables.map(\.id).min() else { return [] }
  let graph = outputs[0].graph
  var depends = Set(variables.map(\.id))
  if first <= last {
    for id in first...last where !depends.isDisjoint(with: graph.nodes[id].inputs) {
      depends.insert(id)
    }
  }
  var flowing: [Int: [Tensor]] = [:]
  for (output, cotangent) in zip(outputs, cotangents) {
    flowing[output.id, default: []].append(cotangent)
  }

  for id in stride(from: last, through: first, by: -1) where depends.contains(id) {
    let node = graph.nodes[id]
    guard let terms = flowing[id], !depends.isDisjoint(with: node.inputs) else { continue }
    let operands = node.inputs.map { Tensor(graph: graph, id: $0) }
    graph.labelled(like: id) {
      let g = sum(terms)
      flowing[id] = [g]
      let parts = node.op.pullback(g, Tensor(graph: graph, id: id), operands)
      for (operand, part) in zip(operands, parts) {
        guard let part, depends.contains(operand.id) else { continue }
        flowing[operand.id, default: []].append(part)
      }
    }
  }
  return variables.map { variable in
    flowing[variable.id].map(sum) ?? variable.constant(0)
  }
}

/// The sum, products and convolutions first: they can be accumulated where they are computed.
private func sum(_ terms: [Tensor]) -> Tensor {
  let contractions = terms.filter(\.isContraction)
  let ordered = contractions + terms.filter { !$0.isContraction }
  return ordered.dropFirst().reduce(ordered[0], +)
}

extension Tensor {
  fileprivate var isContraction: Bool {
    switch op {
    case .product, .convolution: true
    default: false
    }
  }
}
