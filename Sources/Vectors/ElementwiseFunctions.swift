/// Elementwise functions, on sixteen numbers at a time.
///
/// They are types, not closures, so that each loop is compiled around its function: a call for every
/// sixteen numbers costs more than the arithmetic.
@usableFromInline package protocol UnaryFunction {
  /// The values.
  static func of(_ a: Lanes) -> Lanes
}

/// A function of two operands, element by element.
@usableFromInline package protocol BinaryFunction {
  /// The values.
  static func of(_ a: Lanes, _ b: Lanes) -> Lanes
}

/// A function of three operands, element by element.
@usableFromInline package protocol TernaryFunction {
  /// The values.
  static func of(_ a: Lanes, _ b: Lanes, _ c: Lanes) -> Lanes
}

// MARK: One operand

/// −a.
@usableFromInline package enum Negate: UnaryFunction {
  @inlinable @inline(__always) package static func of(_ a: Lanes) -> Lanes { -a }
}

/// 1/a.
@usableFromInline package enum Reciprocal: UnaryFunction {
  @inlinable @inline(__always) package static func of(_ a: Lanes) -> Lanes { 1 / a }
}

/// a².
@usableFromInline package enum Square: UnaryFunction {
  @inlinable @inline(__always) package static func of(_ a: Lanes) -> Lanes { a * a }
}

/// √a.
@usableFromInline package enum SquareRoot: UnaryFunction {
  @inlinable @inline(__always) package static func of(_ a: Lanes) -> Lanes { a.squareRoot() }
}

/// 1/√a.
@usableFromInline package enum ReciprocalSquareRoot: UnaryFunction {
  @inlinable @inline(__always) package static func of(_ a: Lanes) -> Lanes { 1 / a.squareRoot() }
}

/// eᵃ.
@usableFromInline package enum Exponential: UnaryFunction {
  @inlinable @inline(__always) package static func of(_ a: Lanes) -> Lanes { a.exponential() }
}

/// ln a.
@usableFromInline package enum Logarithm: UnaryFunction {
  @inlinable @inline(__always) package static func of(_ a: Lanes) -> Lanes { a.logarithm() }
}

/// log(1 + eᵃ).
@usableFromInline package enum Softplus: UnaryFunction {
  @inlinable @inline(__always) package static func of(_ a: Lanes) -> Lanes { a.softplus() }
}

/// tanh a.
@usableFromInline package enum HyperbolicTangent: UnaryFunction {
  @inlinable @inline(__always) package static func of(_ a: Lanes) -> Lanes { a.hyperbolicTangent() }
}

/// 1/(1 + e⁻ᵃ).
@usableFromInline package enum Logistic: UnaryFunction {
  @inlinable @inline(__always) package static func of(_ a: Lanes) -> Lanes { a.logistic() }
}

/// sin a.
@usableFromInline package enum Sine: UnaryFunction {
  @inlinable @inline(__always) package static func of(_ a: Lanes) -> Lanes { a.sine() }
}

/// cos a.
@usableFromInline package enum Cosine: UnaryFunction {
  @inlinable @inline(__always) package static func of(_ a: Lanes) -> Lanes { a.cosine() }
}

/// |a|.
@usableFromInline package enum Absolute: UnaryFunction {
  @inlinable @inline(__always) package static func of(_ a: Lanes) -> Lanes {
    a.replacing(with: -a, where: a .< 0)
  }
}

/// −1, 0 or 1, and NaN where a is.
@usableFromInline package enum Sign: UnaryFunction {
  @inlinable @inline(__always) package static func of(_ a: Lanes) -> Lanes {
    Lanes.zero.replacing(with: Lanes(repeating: 1), where: a .> 0).replacing(
      with: Lanes(repeating: -1), where: a .< 0
    ).nan(where: a .!= a)
  }
}

/// max(a, 0), and NaN where a is.
@usableFromInline package enum Rectify: UnaryFunction {
  @inlinable @inline(__always) package static func of(_ a: Lanes) -> Lanes {
    a.replacing(with: 0, where: a .< 0)
  }
}

/// 1 where a is positive, NaN where a is, else 0.
@usableFromInline package enum Step: UnaryFunction {
  @inlinable @inline(__always) package static func of(_ a: Lanes) -> Lanes {
    Lanes.zero.replacing(with: Lanes(repeating: 1), where: a .> 0).nan(where: a .!= a)
  }
}

// MARK: Two operands

/// a + b.
@usableFromInline package enum Add: BinaryFunction {
  @inlinable @inline(__always) package static func of(_ a: Lanes, _ b: Lanes) -> Lanes { a + b }
}

/// a − b.
@usableFromInline package enum Subtract: BinaryFunction {
  @inlinable @inline(__always) package static func of(_ a: Lanes, _ b: Lanes) -> Lanes { a - b }
}

/// a·b.
@usableFromInline package enum Multiply: BinaryFunction {
  @inlinable @inline(__always) package static func of(_ a: Lanes, _ b: Lanes) -> Lanes { a * b }
}

/// a/b.
@usableFromInline package enum Divide: BinaryFunction {
  @inlinable @inline(__always) package static func of(_ a: Lanes, _ b: Lanes) -> Lanes { a / b }
}

/// The larger of a and b; of equals b, and NaN where either is.
///
/// A comparison with NaN is false, and so leaves b: only a has to be looked at.
@usableFromInline package enum Maximum: BinaryFunction {
  @inlinable @inline(__always) package static func of(_ a: Lanes, _ b: Lanes) -> Lanes {
    b.replacing(with: a, where: a .> b).nan(where: a .!= a)
  }

  @inlinable @inline(__always) package static func of(_ a: Float, _ b: Float) -> Float {
    a > b || a != a ? a : b
  }
}

/// The smaller of a and b; of equals b, and NaN where either is.
@usableFromInline package enum Minimum: BinaryFunction {
  @inlinable @inline(__always) package static func of(_ a: Lanes, _ b: Lanes) -> Lanes {
    b.replacing(with: a, where: a .< b).nan(where: a .!= a)
  }
}

/// 1 where a > b, else 0.
@usableFromInline package enum Greater: BinaryFunction {
  @inlinable @inline(__always) package static func of(_ a: Lanes, _ b: Lanes) -> Lanes {
    Lanes.zero.replacing(with: Lanes(repeating: 1), where: a .> b)
  }
}

/// 1 where a = b, else 0.
@usableFromInline package enum Equal: BinaryFunction {
  @inlinable @inline(__always) package static func of(_ a: Lanes, _ b: Lanes) -> Lanes {
    Lanes.zero.replacing(with: Lanes(repeating: 1), where: a .== b)
  }
}

// MARK: Three operands

/// b where a is not zero, else c; NaN where a is.
@usableFromInline package enum Select: TernaryFunction {
  @inlinable @inline(__always) package static func of(_ a: Lanes, _ b: Lanes, _ c: Lanes) -> Lanes {
    c.replacing(with: b, where: a .!= 0).nan(where: a .!= a)
  }
}

/// a·b + c.
@usableFromInline package enum MultiplyAdd: TernaryFunction {
  @inlinable @inline(__always) package static func of(_ a: Lanes, _ b: Lanes, _ c: Lanes) -> Lanes {
    c.addingProduct(a, b)
  }
}

/// c − a·b.
@usableFromInline package enum NegateMultiplyAdd: TernaryFunction {
  @inlinable @inline(__always) package static func of(_ a: Lanes, _ b: Lanes, _ c: Lanes) -> Lanes {
    c.addingProduct(-a, b)
  }
}

/// a·b − c.
@usableFromInline package enum MultiplySubtract: TernaryFunction {
  @inlinable @inline(__always) package static func of(_ a: Lanes, _ b: Lanes, _ c: Lanes) -> Lanes {
    (-c).addingProduct(a, b)
  }
}

/// a where c is positive, else 0, and NaN where either is: the gradient of a rectifier.
@usableFromInline package enum Gate: TernaryFunction {
  @inlinable @inline(__always) package static func of(_ a: Lanes, _: Lanes, _ c: Lanes) -> Lanes {
    Lanes.zero.replacing(with: a, where: c .> 0)
      .nan(where: (a .!= a) .| (c .!= c))
  }
}
