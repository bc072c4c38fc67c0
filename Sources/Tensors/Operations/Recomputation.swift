extension Tensor {
  /// What `body` makes of this tensor, computed again on the way back instead of kept for it.
  ///
  /// Value and derivatives are those of `body(self)`. A gradient needs the values between a loss and
  /// its variables in the reverse of the order in which they were computed, so that all of them are
  /// kept until their turn; those of `body` are computed twice, and live twice, but briefly.
  ///
  /// - Reference: Chen, Xu, Zhang and Guestrin, "Training Deep Nets with Sublinear Memory Cost",
  ///   2016. <https://arxiv.org/abs/1604.06174>
  public func recomputing(_ body: (Tensor) -> Tensor) -> Tensor {
    let first = graph.nodes.count
    let value = body(self)
    if value.id < first { return value }
    return Tensor.apply(.recomputed, [value] + value.sources(before: first))
  }

  /// What `body` makes of rows, so many at a time, each part computed again on the way back.
  ///
  /// For functions of which every row of the result depends on the same row of this tensor alone,
  /// such as a small network on a long list: what they need at a time is that of one part.
  public func mappingRows(inPartsOf count: Int, _ body: (Tensor) -> Tensor) -> Tensor {
    precondition(count > 0, "a part has rows")
    let rows = shape[0]
    if rows <= count { return body(self) }
    let parts = stride(from: 0, to: rows, by: count).map { first in
      recomputing { body($0.sliced(first..<min(first + count, rows), along: 0)) }
    }
    return Tensor.concatenated(parts, along: 0)
  }

  /// What flows to the sources of this tensor when `g` flows to a second computation of it.
  func pullbackByRecomputing(_ g: Tensor, from sources: [Tensor]) -> [Tensor] {
    // Made of variables that nothing else is made of, the second computation is not taken for the
    // first, and what flows to one of its sources does not pass through another one.
    let own = Op.variable(graph.nodes.count)
    let variables = sources.map { source in
      Tensor(graph: graph, id: graph.node(own, [source.id], shape: source.shape))
    }
    let copy = copied(replacing: sources, by: variables)
    return pullback(of: [copy], along: [g], to: variables)
  }

  /// The tensors older than `first` that this one is made of, apart from constants.
  private func sources(before first: Int) -> [Tensor] {
    between { $0 < first }.filter { $0 < first }.map { Tensor(graph: graph, id: $0) }
      .filter { $0.constantValue == nil }
  }

  /// The same formula with other tensors for its sources.
  private func copied(replacing sources: [Tensor], by others: [Tensor]) -> Tensor {
    var copies = Dictionary(uniqueKeysWithValues: zip(sources.map(\.id), others))
    let ends = Set(copies.keys)
    for id in between(ends.contains) where copies[id] == nil {
      let node = graph.nodes[id]
      guard !node.inputs.isEmpty else { continue }
      let operands = node.inputs.map { copies[$0] ?? Tensor(graph: graph, id: $0) }
      copies[id] = graph.labelled(like: id) { Tensor.apply(node.op, operands, shape: node.shape) }
    }
    return copies[id] ?? self
  }

  /// What this tensor is made of, itself included, up to tensors that are ends; in order.
  private func between(_ isEnd: (Int) -> Bool) -> [Int] {
    var found: Set<Int> = [id]
    var stack = [id]
    while let id = stack.popLast() {
      if isEnd(id) { continue }
      for input in graph.nodes[id].inputs where found.insert(input).inserted {
        stack.append(input)
      }
    }
    return found.sorted()
  }
}
