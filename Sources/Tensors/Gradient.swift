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
  var flowing: [Int: Flow] = [:]
  for (output, cotangent) in zip(outputs, cotangents) {
    flowing[output.id] = flowing[output.id].adding(cotangent)
  }

  for id in stride(from: last, through: first, by: -1) where depends.contains(id) {
    let node = graph.nodes[id]
    guard let flow = flowing[id], !depends.isDisjoint(with: node.inputs) else { continue }
    let operands = node.inputs.map { Tensor(graph: graph, id: $0) }
    graph.labelled(like: id) {
      let parts = node.op.pullback(flow.sum, Tensor(graph: graph, id: id), operands)
      for (operand, part) in zip(operands, parts) {
        guard let part, depends.contains(operand.id) else { continue }
        flowing[operand.id] = flowing[operand.id].adding(part)
      }
    }
  }
  return variables.map { flowing[$0.id]?.sum ?? $0.constant(0) }
}

/// What flows to a tensor from its uses: products and convolutions, then all else.
///
/// The former are added as they come. Each can be accumulated where it is computed, and what it was
/// made of need not be kept until the last one is there.
private struct Flow {
  var contractions: Tensor?
  var others: [Tensor]

  var sum: Tensor {
    let terms = (contractions.map { [$0] } ?? []) + others
    return terms.dropFirst().reduce(terms[0], +)
  }
}

extension Flow? {
  fileprivate func adding(_ term: Tensor) -> Flow {
    var flow = self ?? Flow(contractions: nil, others: [])
    if term.isContraction {
      flow.contractions = flow.contractions.map { $0 + term } ?? term
    } else {
      flow.others.append(term)
    }
    return flow
  }
}

extension Tensor {
  fileprivate var isContraction: Bool {
    switch op {
    case .product, .convolution: true
    default: false
    }
  }
}
