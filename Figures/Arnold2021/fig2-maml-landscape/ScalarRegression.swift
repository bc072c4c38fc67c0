import Execution
import Tensors

/// The one-dimensional regression of section 4 in expectation, differentiated automatically.
///
/// Double precision, node by node: nothing here is sampled or rounded to single precision.
struct ScalarRegression: Sendable {
  /// α.
  var rate: Double

  init(rate: Double) { self.rate = rate }

  /// ℓ_τ = ½ E (y − wx)² = ½ ((w − θ_τ)² + 1), the loss of a slope w on a task (equation 30).
  private static func loss(_ slope: Tensor, _ θ: Double) -> Tensor {
    0.5 * ((slope - θ).squared() + 1)
  }

  /// The nodes and weights of five-point Gauss–Hermite quadrature for θ ~ N(0, 1).
  ///
  /// Exact for polynomials up to the ninth degree; the MAML loss of DEEP has degree four in θ.
  static let quadrature: [(θ: Double, weight: Double)] = {
    let root = 10.0.squareRoot()
    let (inner, outer) = ((5 - root).squareRoot(), (5 + root).squareRoot())
    let (near, far) = ((7 + 2 * root) / 60, (7 - 2 * root) / 60)
    return [(-outer, far), (-inner, near), (0, 8.0 / 15), (inner, near), (outer, far)]
  }()

  /// L^MAML(a, b) of DEEP from its definition, equation 40: a step along the gradient, for every θ.
  func deepLoss(_ a: Tensor, _ b: Tensor) -> Tensor {
    let terms = Self.quadrature.map { θ, weight in
      let slopes = gradient(of: Self.loss(a * b, θ), withRespectTo: [a, b])
      return weight * Self.loss((a - rate * slopes[0]) * (b - rate * slopes[1]), θ)
    }
    return terms.dropFirst().reduce(terms[0], +)
  }

  /// Equation 53 as printed: ½ (1 + p₁² + p₂² + 3p₃² + 2p₁p₃ − 2p₂).
  ///
  /// It leaves out the constant ½ that the noise of y adds.
  func printedDeepLoss(_ a: Tensor, _ b: Tensor) -> Tensor {
    let (ab, squares) = (a * b, a.squared() + b.squared())
    let p1 = ab * (1 - rate * squares + (rate * rate) * ab.squared())
    let p2 = rate * squares - (2 * rate * rate) * ab.squared()
    let p3 = (rate * rate) * ab
    return 0.5 * (1 + p1.squared() + p2.squared() + 3 * p3.squared() + 2 * p1 * p3 - 2 * p2)
  }

  /// L^MAML(c) of SHALLOW from its definition.
  func shallowLoss(_ c: Tensor) -> Tensor {
    let terms = Self.quadrature.map { θ, weight in
      let slope = gradient(of: Self.loss(c, θ), withRespectTo: [c])[0]
      return weight * Self.loss(c - rate * slope, θ)
    }
    return terms.dropFirst().reduce(terms[0], +)
  }
}

/// A function of the plane with its first and second derivatives, in double precision.
struct PlaneFunction: Sendable {
  private let program: Reference<Tensor, Tensor, [Tensor]>

  init(_ function: (Tensor, Tensor) -> Tensor) {
    program = Reference(like: ShapedArray(0), ShapedArray(0)) { (a: Tensor, b: Tensor) in
      let value = function(a, b)
      let slope = gradient(of: value, withRespectTo: [a, b])
      return [value] + slope + gradient(of: slope[0], withRespectTo: [a, b])
        + gradient(of: slope[1], withRespectTo: [a, b])
    }
  }

  /// The value and its derivatives at a point.
  func callAsFunction(_ a: Double, _ b: Double) -> Jet {
    let found = program([[a], [b]]).map { $0[0] }
    return Jet(
      value: found[0], gradient: [found[1], found[2]],
      hessian: [[found[3], found[4]], [found[5], found[6]]])
  }

  /// A value with its derivatives.
  struct Jet: Sendable {
    /// f.
    var value: Double
    /// ∇f.
    var gradient: [Double]
    /// ∇²f.
    var hessian: [[Double]]
  }
}
