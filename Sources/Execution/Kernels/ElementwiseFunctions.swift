/// Elementwise functions, on sixteen numbers at a time.
///
/// They are types, not closures, so that each loop is compiled around its function: a call for every
/// sixteen numbers costs more than the arithmetic.
protocol UnaryFunction {
  static func of(_ a: Lanes) -> Lanes
}

protocol BinaryFunction {
  static func of(_ a: Lanes, _ b: Lanes) -> Lanes
}

protocol TernaryFunction {
  static func of(_ a: Lanes, _ b: Lanes, _ c: Lanes) -> Lanes
}

// MARK: One operand

enum Negate: UnaryFunction {
  @inline(__always) static func of(_ a: Lanes) -> Lanes { -a }
}

enum Reciprocal: UnaryFunction {
  @inline(__always) static func of(_ a: Lanes) -> Lanes { 1 / a }
}

enum Square: UnaryFunction {
  @inline(__always) static func of(_ a: Lanes) -> Lanes { a * a }
}

enum SquareRoot: UnaryFunction {
  @inline(__always) static func of(_ a: Lanes) -> Lanes { a.squareRoot() }
}

enum ReciprocalSquareRoot: UnaryFunction {
  @inline(__always) static func of(_ a: Lanes) -> Lanes { 1 / a.squareRoot() }
}

enum Exponential: UnaryFunction {
  @inline(__always) static func of(_ a: Lanes) -> Lanes { a.exponential() }
}

enum Logarithm: UnaryFunction {
  @inline(__always) static func of(_ a: Lanes) -> Lanes { a.logarithm() }
}

enum Softplus: UnaryFunction {
  @inline(__always) static func of(_ a: Lanes) -> Lanes { a.softplus() }
}

enum HyperbolicTangent: UnaryFunction {
  @inline(__always) static func of(_ a: Lanes) -> Lanes { a.hyperbolicTangent() }
}

enum Logistic: UnaryFunction {
  @inline(__always) static func of(_ a: Lanes) -> Lanes { a.logistic() }
}

enum Sine: UnaryFunction {
  @inline(__always) static func of(_ a: Lanes) -> Lanes { a.sine() }
}

enum Cosine: UnaryFunction {
  @inline(__always) static func of(_ a: Lanes) -> Lanes { a.cosine() }
}

enum Absolute: UnaryFunction {
  @inline(__always) static func of(_ a: Lanes) -> Lanes { a.replacing(with: -a, where: a .< 0) }
}

enum Sign: UnaryFunction {
  @inline(__always) static func of(_ a: Lanes) -> Lanes {
    Lanes.zero.replacing(with: Lanes(repeating: 1), where: a .> 0).replacing(
      with: Lanes(repeating: -1), where: a .< 0)
  }
}

enum Rectify: UnaryFunction {
  @inline(__always) static func of(_ a: Lanes) -> Lanes { a.replacing(with: 0, where: a .< 0) }
}

enum Step: UnaryFunction {
  @inline(__always) static func of(_ a: Lanes) -> Lanes {
    Lanes.zero.replacing(with: Lanes(repeating: 1), where: a .> 0)
  }
}

// MARK: Two operands

enum Add: BinaryFunction {
  @inline(__always) static func of(_ a: Lanes, _ b: Lanes) -> Lanes { a + b }
}

enum Subtract: BinaryFunction {
  @inline(__always) static func of(_ a: Lanes, _ b: Lanes) -> Lanes { a - b }
}

enum Multiply: BinaryFunction {
  @inline(__always) static func of(_ a: Lanes, _ b: Lanes) -> Lanes { a * b }
}

enum Divide: BinaryFunction {
  @inline(__always) static func of(_ a: Lanes, _ b: Lanes) -> Lanes { a / b }
}

enum Maximum: BinaryFunction {
  @inline(__always) static func of(_ a: Lanes, _ b: Lanes) -> Lanes {
    b.replacing(with: a, where: a .> b)
  }
}

enum Minimum: BinaryFunction {
  @inline(__always) static func of(_ a: Lanes, _ b: Lanes) -> Lanes {
    b.replacing(with: a, where: a .< b)
  }
}

enum Greater: BinaryFunction {
  @inline(__always) static func of(_ a: Lanes, _ b: Lanes) -> Lanes {
    Lanes.zero.replacing(with: Lanes(repeating: 1), where: a .> b)
  }
}

enum Equal: BinaryFunction {
  @inline(__always) static func of(_ a: Lanes, _ b: Lanes) -> Lanes {
    Lanes.zero.replacing(with: Lanes(repeating: 1), where: a .== b)
  }
}

// MARK: Three operands

/// b where a is not zero, else c.
enum Select: TernaryFunction {
  @inline(__always) static func of(_ a: Lanes, _ b: Lanes, _ c: Lanes) -> Lanes {
    c.replacing(with: b, where: a .!= 0)
  }
}

/// a·b + c.
enum MultiplyAdd: TernaryFunction {
  @inline(__always) static func of(_ a: Lanes, _ b: Lanes, _ c: Lanes) -> Lanes {
    c.addingProduct(a, b)
  }
}

/// c − a·b.
enum NegateMultiplyAdd: TernaryFunction {
  @inline(__always) static func of(_ a: Lanes, _ b: Lanes, _ c: Lanes) -> Lanes {
    c.addingProduct(-a, b)
  }
}

/// a·b − c.
enum MultiplySubtract: TernaryFunction {
  @inline(__always) static func of(_ a: Lanes, _ b: Lanes, _ c: Lanes) -> Lanes {
    (-c).addingProduct(a, b)
  }
}

/// a where c is positive, else 0: the gradient of a rectifier.
enum Gate: TernaryFunction {
  @inline(__always) static func of(_ a: Lanes, _: Lanes, _ c: Lanes) -> Lanes {
    Lanes.zero.replacing(with: a, where: c .> 0)
  }
}
