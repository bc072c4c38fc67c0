/// Rules for values that repeat along axes, as the statistics and weights of a normalisation do.
///
/// They move arithmetic on such values to where they are small and gather x ↦ x·k + m into one
/// product and one sum, and with them the sums that are zero by construction, Σ(x − mean x), vanish.
/// Second derivatives of normalised networks lose about a third of their work.
extension Binary {
  func simplifiedByStretching(_ a: Tensor, _ b: Tensor) -> Tensor? {
    if let (x, y) = Tensor.smallOperands(a, b) {
      return x.apply(.binary(self), y).apply(.broadcast, shape: a.shape)
    }
    switch self {
    case .multiply:
      if b.isStretched { return a.scaled(by: b) }
      if a.isStretched { return b.scaled(by: a) }
      if let c = a.constantValue {
        // c · (x · k) = x · (c · k), and c · (x + m) = c · x + c · m
        if b.op == .binary(.multiply) {
          return zip(b.operands, b.operands.reversed()).first { $1.isStretched }.map {
            $0 * (c * $1)
          }
        }
        if case (let x?, let m?) = b.affine { return c * x + c * m }
        return nil
      }
      // (c · x) · y = c · (x · y)
      if let (c, x) = a.constantTimes { return c * (x * b) }
      if let (c, y) = b.constantTimes { return c * (a * y) }
      return nil
    case .add, .subtract:
      // (x ± m) ± (y ± n) = (x ± y) ± (m ± n)
      let (x, m) = a.affine
      let (y, n) = b.affine
      guard (x != nil && m != nil) || (y != nil && n != nil) else { return nil }
      // What stretches in different ways stays where it is.
      if let m, let n, Tensor.smallOperands(m, n) == nil { return nil }
      guard let wide = combined(x, y), let stretched = combined(m, n) else { return nil }
      return Tensor.sum(of: wide, and: stretched)
    default: return nil
    }
  }

  /// The operation where a missing operand is zero.
  private func combined(_ a: Tensor?, _ b: Tensor?) -> Tensor? {
    switch (a, b) {
    case (let a?, let b?): a.apply(.binary(self), b)
    case (let a?, nil): a
    case (nil, let b?): self == .add ? b : -b
    case (nil, nil): nil
    }
  }
}

extension Tensor {
  fileprivate var isStretched: Bool { op == .broadcast }

  /// Both operands before they were stretched in the same way; a constant stretches in any way.
  fileprivate static func smallOperands(_ a: Tensor, _ b: Tensor) -> (Tensor, Tensor)? {
    switch (a.isStretched, b.isStretched) {
    case (true, true):
      let (x, y) = (a.operands[0], b.operands[0])
      return x.shape == y.shape ? (x, y) : nil
    case (true, false):
      return b.constantValue.map { (a.operands[0], a.operands[0].constant($0)) }
    case (false, true):
      return a.constantValue.map { (b.operands[0].constant($0), b.operands[0]) }
    case (false, false): return nil
    }
  }

  /// c and x of a product c · x with a number.
  fileprivate var constantTimes: (Double, Tensor)? {
    guard op == .binary(.multiply), let c = operands[0].constantValue else { return nil }
    return (c, operands[1])
  }

  /// x and m of a sum x + m (or a difference, with the sign in m or x) with a stretched m.
  fileprivate var affine: (wide: Tensor?, stretched: Tensor?) {
    if isStretched { return (nil, self) }
    switch op {
    case .binary(.add), .binary(.subtract):
      if operands[0].isStretched && operands[1].isStretched { return (self, nil) }
    default: return (self, nil)
    }
    switch op {
    case .binary(.add):
      if operands[1].isStretched { return (operands[0], operands[1]) }
      if operands[0].isStretched { return (operands[1], operands[0]) }
    case .binary(.subtract):
      if operands[1].isStretched { return (operands[0], -operands[1]) }
      if operands[0].isStretched { return (-operands[1], operands[0]) }
    default: break
    }
    return (self, nil)
  }

  /// The sum as a node, without looking for a simpler form.
  fileprivate static func sum(of wide: Tensor, and stretched: Tensor) -> Tensor? {
    if wide.isStretched || wide.constantValue != nil || !stretched.isStretched {
      return wide.apply(.binary(.add), stretched)
    }
    if case .unary(.negate) = wide.op {
      return Tensor.node(.binary(.subtract), stretched, wide.operands[0])
    }
    return wide.id < stretched.id
      ? Tensor.node(.binary(.add), wide, stretched) : Tensor.node(.binary(.add), stretched, wide)
  }

  private static func node(_ op: Op, _ a: Tensor, _ b: Tensor) -> Tensor {
    Tensor(graph: a.graph, id: a.graph.node(op, [a.id, b.id], shape: a.shape))
  }

  /// x · k for a stretched k, where the product has a simpler form.
  fileprivate func scaled(by k: Tensor) -> Tensor? {
    switch op {
    case .unary(.negate): return operands[0] * -k
    case .binary(.multiply):
      for (x, other) in [(operands[0], operands[1]), (operands[1], operands[0])] {
        if other.isStretched, other.operands[0].shape == k.operands[0].shape {
          return x * (other * k)
        }
        if let c = other.constantValue { return x * (c * k) }
      }
      return nil
    case .binary(.add), .binary(.subtract):
      let (x, m) = affine
      guard let x, let m, Tensor.smallOperands(m, k) != nil else { return nil }
      return x * k + m * k
    default: return nil
    }
  }

  /// Σ x·k = k · Σ x and Σ (x + m) = Σ x + count · m, for k and m stretched along all summed axes.
  func summedByStretching(_ axes: [Int]) -> Tensor? {
    switch op {
    case .binary(.multiply):
      for (x, k) in [(operands[0], operands[1]), (operands[1], operands[0])] {
        if let factor = k.beforeStretching(along: axes) { return x.apply(.sum(axes)) * factor }
      }
      return nil
    case .binary(.add), .binary(.subtract):
      let (x, m) = affine
      if let x, let m, m.beforeStretching(along: axes) != nil {
        return x.apply(.sum(axes)) + m.apply(.sum(axes))
      }
      // Products are summed as fast as they are multiplied.
      guard case .binary(let function) = op,
        operands.allSatisfy({ $0.op == .binary(.multiply) })
          || operands.allSatisfy({ $0.hasKnownSum(axes) })
      else { return nil }
      return operands[0].apply(.sum(axes)).apply(.binary(function), operands[1].apply(.sum(axes)))
    default: return nil
    }
  }

  /// Whether the sum needs no pass over the elements: somebody has it already, but for a factor.
  private func hasKnownSum(_ axes: [Int]) -> Bool {
    guard op == .binary(.multiply) else { return hasNode(.sum(axes)) }
    return zip(operands, operands.reversed()).contains { x, k in
      k.beforeStretching(along: axes) != nil && x.hasNode(.sum(axes))
    }
  }

  private func hasNode(_ op: Op) -> Bool {
    guard let sum = try? op.shape(of: [shape], wanted: nil) else { return false }
    return graph.hasNode(op, [id], shape: sum)
  }

  /// The value of extent one along the axes that this one was made from.
  private func beforeStretching(along axes: [Int]) -> Tensor? {
    guard isStretched else { return nil }
    var narrow = shape
    for axis in axes { narrow[axis] = 1 }
    let source = operands[0]
    guard axes.allSatisfy({ source.shape[$0] == 1 }) else { return nil }
    return source.apply(.broadcast, shape: narrow)
  }
}
