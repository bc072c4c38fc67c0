/// What an operation's value is known to be without computing it.
///
/// Derivatives produce many neutral elements, double negations and chains of reshapes; removing
/// them as they are written keeps graphs small and lets more expressions be equal.
extension Op {
  func simplified(_ x: [Tensor], shape: Shape) -> Tensor? {
    let constants = x.map(\.constantValue)
    switch self {
    case .unary(let function):
      if let a = constants[0] { return x[0].graph.constant(function(a), shape: shape) }
      if case .unary(.negate) = self, case .unary(.negate) = x[0].op { return x[0].operands[0] }
      // Before it is stretched there is less of it.
      if x[0].op == .broadcast {
        return x[0].operands[0].apply(self).apply(.broadcast, shape: shape)
      }
      return nil
    case .binary(let function):
      if let a = constants[0], let b = constants[1] { return x[0].constant(function(a, b)) }
      return function.simplified(x[0], x[1]) ?? function.simplifiedByStretching(x[0], x[1])
    case .select:
      guard let a = constants[0] else { return nil }
      return a.isNaN ? x[0] : a != 0 ? x[1] : x[2]
    case .broadcast, .reshape:
      if x[0].shape == shape { return x[0] }
      if let a = constants[0] { return x[0].graph.constant(a, shape: shape) }
      if x[0].op == self { return x[0].operands[0].apply(self, shape: shape) }
      return nil
    case .transpose(let axes):
      if axes == Array(axes.indices) { return x[0] }
      if let a = constants[0] { return x[0].graph.constant(a, shape: shape) }
      if case .transpose(let earlier) = x[0].op {
        return x[0].operands[0].apply(.transpose(axes.map { earlier[$0] }))
      }
      return nil
    case .sum(let axes):
      let repeats = axes.reduce(1) { $0 * x[0].shape[$1] }
      if repeats == 1 { return x[0] }
      if let a = constants[0] { return x[0].graph.constant(a * Double(repeats), shape: shape) }
      return x[0].summedByRule(axes) ?? x[0].summedByStretching(axes)
        ?? x[0].reducedInRuns(axes, Op.sum)
    case .maximum(let axes):
      if axes.allSatisfy({ x[0].shape[$0] == 1 }) { return x[0] }
      return x[0].reducedInRuns(axes, Op.maximum)
    case .slice:
      if x[0].shape == shape { return x[0] }
      return constants[0].map { x[0].graph.constant($0, shape: shape) }
    case .pad:
      if x[0].shape == shape { return x[0] }
      return constants[0] == 0 ? x[0].graph.constant(0, shape: shape) : nil
    case .concatenate:
      return x.count == 1 ? x[0] : nil
    case .product, .convolution, .poolPlace, .solve:
      // Each is linear in both operands or in the second one.
      let linearInFirst =
        if case .product = self { true } else if case .convolution = self { true } else { false }
      if constants[1] == 0 || (linearInFirst && constants[0] == 0) {
        return x[0].graph.constant(0, shape: shape)
      }
      return nil
    case .freeSolve:
      return constants[2] == 0 ? x[0].graph.constant(0, shape: shape) : nil
    case .quadraticProgram:
      return nil
    case .poolPick:
      return constants[1] == 0 ? x[0].graph.constant(0, shape: shape) : nil
    case .stopGradient:
      return constants[0] == nil ? nil : x[0]
    case .variable:
      return constants[0] == nil && !x[0].isSeenThrough ? x[0] : nil
    case .recomputed:
      return constants[0] == nil ? nil : x[0]
    case .input, .constant:
      return nil
    }
  }
}

extension Binary {
  fileprivate func simplified(_ a: Tensor, _ b: Tensor) -> Tensor? {
    switch (self, a.constantValue, b.constantValue) {
    case (.add, 0, _), (.multiply, 1, _): return b
    case (.add, _, 0), (.subtract, _, 0), (.multiply, _, 1), (.divide, _, 1): return a
    case (.subtract, 0, _), (.multiply, -1, _): return -b
    case (.multiply, _, -1): return -a
    case (.multiply, 0, _), (.multiply, _, 0), (.divide, 0, _): return a.constant(0)
    case (.divide, _, let c?): return (1 / c) * a
    case (.multiply, let c?, nil):
      // c · (d · x) = (cd) · x
      if case .binary(.multiply) = b.op, let d = b.operands[0].constantValue {
        // n · (1/n) is one, whatever the rounding of 1/n says.
        return (abs(c * d - 1) < 1e-15 ? 1 : c * d) * b.operands[1]
      }
      if case .unary(.negate) = b.op { return -c * b.operands[0] }
      return nil
    case (.add, nil, nil), (.multiply, nil, nil), (.add, nil, _?), (.multiply, nil, _?):
      if case (.add, .unary(.negate)) = (self, b.op) { return a - b.operands[0] }
      if case (.add, .unary(.negate)) = (self, a.op) { return b - a.operands[0] }
      if self == .add, let whole = a.joined(to: b) ?? b.joined(to: a) { return whole }
      // One order for commuting operands: constants first, then as they were written.
      if b.constantValue != nil || (a.constantValue == nil && a.id > b.id) {
        return b.apply(.binary(self), a)
      }
      return nil
    case (.subtract, _, _):
      if case .unary(.negate) = b.op { return a + b.operands[0] }
      return a.id == b.id ? a.constant(0) : nil
    default: return nil
    }
  }
}

extension Tensor {
  /// Whether a simplification may replace this tensor by what it was made of.
  fileprivate var isSeenThrough: Bool {
    switch op {
    case .reshape, .broadcast, .transpose, .unary, .binary(.multiply), .concatenate, .stopGradient:
      true
    default: false
    }
  }

  /// The sum of this tensor and another, each zero but for a part, where the other's part begins
  /// where this one's ends: gradients of slices, side by side.
  fileprivate func joined(to next: Tensor) -> Tensor? {
    guard case .pad(let starts) = op, case .pad(let nextStarts) = next.op else { return nil }
    let (part, nextPart) = (operands[0], next.operands[0])
    let apart = starts.indices.filter { starts[$0] != nextStarts[$0] }
    guard apart.count == 1, starts[apart[0]] + part.shape[apart[0]] == nextStarts[apart[0]],
      starts.indices.allSatisfy({ $0 == apart[0] || part.shape[$0] == nextPart.shape[$0] })
    else { return nil }
    let parts = [part, nextPart].flatMap { $0.op == .concatenate(apart[0]) ? $0.operands : [$0] }
    return Tensor.concatenated(parts, along: apart[0]).apply(.pad(starts), shape: shape)
  }

  /// Axes that are not neighbours are reduced one run after the other, the last one first, so that
  /// every reduction's operand is a list of equally long stretches in memory.
  fileprivate func reducedInRuns(_ axes: [Int], _ op: ([Int]) -> Op) -> Tensor? {
    let reduced = axes.filter { shape[$0] != 1 }
    guard let last = reduced.last else { return nil }
    var first = last
    while let before = (0..<first).last(where: { shape[$0] != 1 }), reduced.contains(before) {
      first = before
    }
    let run = reduced.filter { $0 >= first }
    if run.count == axes.count { return nil }
    let rest = reduced.filter { $0 < first }
    let inner = apply(op(run))
    return rest.isEmpty ? inner : inner.apply(op(rest))
  }

  /// Σ (c · x) = c · Σ x and Σ over stretched axes = extent · x.
  fileprivate func summedByRule(_ axes: [Int]) -> Tensor? {
    switch op {
    case .binary(.multiply):
      guard let c = operands[0].constantValue else { return nil }
      return c * operands[1].apply(.sum(axes))
    case .unary(.negate):
      return -operands[0].apply(.sum(axes))
    case .broadcast:
      let source = operands[0]
      let stretched = axes.filter { source.shape[$0] != shape[$0] }
      guard !stretched.isEmpty else { return nil }
      let repeats = stretched.reduce(1) { $0 * shape[$1] }
      var narrower = shape
      for axis in stretched { narrower[axis] = 1 }
      let rest = source.apply(.broadcast, shape: narrower)
        .apply(.sum(axes.filter { !stretched.contains($0) }))
      return Double(repeats) * rest
    default: return nil
    }
  }
}
