/// What a node means: the closed set of operations of which everything else is composed.
///
/// Every operation has a shape rule (`Op+Shape`), a row in the calculus (`Op+Pullback`), a kernel
/// and a meaning in the reference interpreter (both in Execution). The set is closed under
/// differentiation, so a derivative of any order is again a graph of these.
package enum Op: Hashable, Sendable {
  /// The program's argument with this number.
  case input(Int)
  /// One number everywhere; kept in double precision until a plan is compiled.
  case constant(Double)
  /// A function of one number, applied to each.
  case unary(Unary)
  /// A function of two numbers, applied to each pair of equally shaped operands.
  case binary(Binary)
  /// Where the first operand is not zero the second operand, elsewhere the third; where it is NaN,
  /// NaN.
  case select
  /// Sums along the axes, which keep the extent one.
  case sum([Int])
  /// Maxima along the axes, which keep the extent one.
  case maximum([Int])
  /// Stretches axes of extent one to the extents of the result.
  case broadcast
  /// The same elements in row-major order under another shape.
  case reshape
  /// Result axis `i` is operand axis `axes[i]`.
  case transpose([Int])
  /// The part that begins at these indices and has the result's extents.
  case slice([Int])
  /// The operand surrounded by zeros; it begins at these indices of the result.
  case pad([Int])
  /// The operands one behind the other along an axis.
  case concatenate(Int)
  /// Products of the matrices in the last two axes; leading axes are a batch.
  case product(transposingLeft: Bool, transposingRight: Bool)
  /// One of the three roles of the convolution's trilinear form.
  case convolution(Convolution)
  /// `pick(x, v)`: the element of v where x has its maximum, in each window of side `side`; the first
  /// NaN is greater than any number.
  case poolPick(side: Int)
  /// `place(x, g)`: zeros, and g where x has its maximum: the adjoint of `poolPick`.
  case poolPlace(side: Int)
  /// `solve(A, B)`: A⁻¹B for symmetric positive definite A, by Cholesky factorisation.
  case solve
  /// `program(H, P, U)`: the X that minimises ½⟨X, HX⟩ − ⟨P, X⟩ for symmetric positive definite H,
  /// among those whose rows sum to zero and that are nowhere greater than U.
  case quadraticProgram
  /// `free(H, F, R)`: the Z that minimises ½⟨Z, HZ⟩ − ⟨R, Z⟩, among those whose rows sum to zero and
  /// that vanish where F is zero: how the solution of a program moves while its bounds stay.
  case freeSolve
  /// The operand, as a constant in the eyes of `gradient`.
  case stopGradient
  /// The operand, as a variable of its own, which no simplification looks through; with another
  /// number, another one.
  case variable(Int)
  /// The first operand, which in the eyes of `gradient` is computed again from the others.
  ///
  /// The others are all that the first one is made of; what lies between is not kept for the
  /// way back.
  case recomputed
}

/// Functions of one number; that of NaN is NaN.
package enum Unary: String, Hashable, Sendable, CaseIterable {
  case negate, reciprocal, square, squareRoot, reciprocalSquareRoot
  case exponential, logarithm, softplus
  case tanh, logistic, sine, cosine
  case absolute, sign, rectify
  /// One where the argument is positive, else zero.
  case step
}

/// Functions of two numbers, NaN where either is; but comparisons give one or zero.
package enum Binary: String, Hashable, Sendable, CaseIterable {
  case add, subtract, multiply, divide, maximum, minimum, greater, equal
}

/// The convolution's trilinear form, with two arguments given and the third wanted.
///
/// T(g, x, w) = Σ g[n, p, q, o] · x[n, s·p − b + k, s·q − b + l, i] · w[k, l, i, o], with stride s
/// and border b. Fixing two arguments and differentiating in the third gives the three roles;
/// differentiating a role in one of its arguments gives another role, so the family is closed.
package struct Convolution: Hashable, Sendable {
  package enum Role: Hashable, Sendable {
    /// x, w ↦ g: the convolution itself.
    case output
    /// g, w ↦ x: the gradient with respect to the images.
    case input
    /// g, x ↦ w: the gradient with respect to the filter.
    case filter
  }

  package var role: Role
  package var stride: Int
  package var border: Int

  package func with(_ role: Role) -> Convolution {
    Convolution(role: role, stride: stride, border: border)
  }
}

extension Unary {
  /// The function's value in double precision.
  package func callAsFunction(_ x: Double) -> Double {
    switch self {
    case .negate: -x
    case .reciprocal: 1 / x
    case .square: x * x
    case .squareRoot: x.squareRoot()
    case .reciprocalSquareRoot: 1 / x.squareRoot()
    case .exponential: Elementary.exp(x)
    case .logarithm: Elementary.log(x)
    case .softplus: max(x, 0) + Elementary.log1p(Elementary.exp(-abs(x)))
    case .tanh: Elementary.tanh(x)
    case .logistic: 1 / (1 + Elementary.exp(-x))
    case .sine: Elementary.sin(x)
    case .cosine: Elementary.cos(x)
    case .absolute: abs(x)
    case .sign: x > 0 ? 1 : x < 0 ? -1 : x.isNaN ? x : 0
    case .rectify: x < 0 ? 0 : x
    case .step: x > 0 ? 1 : x.isNaN ? x : 0
    }
  }
}

extension Binary {
  /// The function's value in double precision.
  package func callAsFunction(_ x: Double, _ y: Double) -> Double {
    switch self {
    case .add: x + y
    case .subtract: x - y
    case .multiply: x * y
    case .divide: x / y
    case .maximum: x > y || x.isNaN ? x : y
    case .minimum: x < y || x.isNaN ? x : y
    case .greater: x > y ? 1 : 0
    case .equal: x == y ? 1 : 0
    }
  }
}
