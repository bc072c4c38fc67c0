extension Tensor {
  /// The operands stretched to their common shape.
  static func aligned(_ a: Tensor, _ b: Tensor, _ op: Op) -> (Tensor, Tensor) {
    if a.shape == b.shape { return (a, b) }
    guard let shape = Shape.broadcast(a.shape, b.shape) else {
      a.graph.shapeError("\(op.name) of \(a.shape) and \(b.shape): the shapes do not broadcast")
    }
    return (a.broadcast(to: shape), b.broadcast(to: shape))
  }

  private static func combine(_ function: Binary, _ a: Tensor, _ b: Tensor) -> Tensor {
    let (x, y) = aligned(a, b, .binary(function))
    return x.apply(.binary(function), y)
  }

  /// The sum, element by element; extents of one stretch, as in NumPy.
  public static func + (a: Tensor, b: Tensor) -> Tensor { combine(.add, a, b) }
  /// The difference, element by element.
  public static func - (a: Tensor, b: Tensor) -> Tensor { combine(.subtract, a, b) }
  /// The product, element by element.
  public static func * (a: Tensor, b: Tensor) -> Tensor { combine(.multiply, a, b) }
  /// The quotient, element by element.
  public static func / (a: Tensor, b: Tensor) -> Tensor { combine(.divide, a, b) }
  /// The negative.
  public static prefix func - (a: Tensor) -> Tensor { a.apply(.unary(.negate)) }

  /// A number added to each element.
  public static func + (a: Double, b: Tensor) -> Tensor { b.constant(a) + b }
  /// A number added to each element.
  public static func + (a: Tensor, b: Double) -> Tensor { a + a.constant(b) }
  /// Each element subtracted from a number.
  public static func - (a: Double, b: Tensor) -> Tensor { b.constant(a) - b }
  /// A number subtracted from each element.
  public static func - (a: Tensor, b: Double) -> Tensor { a - a.constant(b) }
  /// Each element multiplied by a number.
  public static func * (a: Double, b: Tensor) -> Tensor { b.constant(a) * b }
  /// Each element divided by a number.
  public static func / (a: Tensor, b: Double) -> Tensor { a / a.constant(b) }

  /// The larger of two elements, NaN where either is; of equals, the gradient is the first's.
  public func maximum(_ other: Tensor) -> Tensor { Tensor.combine(.maximum, self, other) }
  /// The smaller of two elements, NaN where either is; of equals, the gradient is the first's.
  public func minimum(_ other: Tensor) -> Tensor { Tensor.combine(.minimum, self, other) }
  /// One where this element is the greater, else zero, beside NaN too; its derivative is zero.
  public func greater(than other: Tensor) -> Tensor { Tensor.combine(.greater, self, other) }
  /// One where the elements are equal, else zero, as NaN equals nothing; its derivative is zero.
  public func equal(to other: Tensor) -> Tensor { Tensor.combine(.equal, self, other) }

  /// Elements of `a` where this tensor is not zero, of `b` elsewhere; NaN where this tensor is.
  public func select(_ a: Tensor, _ b: Tensor) -> Tensor {
    let (x, y) = Tensor.aligned(a, b, .select)
    let (condition, _) = Tensor.aligned(self, x, .select)
    return condition.apply(.select, x, y)
  }
}
