import Tensors

/// Eigenvalues of the Hessian at the stationary points for one α.
struct LandscapeEigenvalues: Codable, Sendable {
  /// α.
  var rate: Double
  /// At (1/√α, 0), along a and along b.
  var minimum: [Double]
  /// At the origin, along either.
  var origin: Double

  init(rate: Double) {
    let loss = PlaneFunction(ScalarRegression(rate: rate).deepLoss)
    let minimum = loss(1 / rate.squareRoot(), 0).hessian
    self.rate = rate
    self.minimum = [minimum[0][0], minimum[1][1]]
    origin = loss(0, 0).hessian[0][0]
  }
}

/// What theory says must vanish; the largest absolute value over all cases.
struct LandscapeChecks: Codable, Sendable {
  /// ∇L at the five stationary points.
  private(set) var stationary = 0.0
  /// ∇²L − diag(4α, 3α³) at (±1/√α, 0) and mirrored, and ∇²L + 2αI at the origin.
  private(set) var hessian = 0.0
  /// ∇²L minus the printed Hessians, relative to those.
  private(set) var printedHessian = 0.0
  /// ab − θ′ after the step of equation 20.
  private(set) var adaptation = 0.0
  /// The definition minus equation 53, minus ½.
  private(set) var formula = 0.0

  /// Those of some values of α.
  init(rates: [Double]) {
    for α in rates {
      let regression = ScalarRegression(rate: α)
      let loss = PlaneFunction(regression.deepLoss)
      checkStationaryPoints(of: loss, α)
      checkAdaptation(α)
      let printed = PlaneFunction(regression.printedDeepLoss)
      for (a, b) in [(0.3, -1.2), (2.0, 0.5), (-1.1, -0.8)] {
        raise(\.formula, loss(a, b).value - printed(a, b).value - 0.5)
      }
    }
  }

  private mutating func raise(_ value: WritableKeyPath<LandscapeChecks, Double>, _ error: Double) {
    let known = self[keyPath: value]
    self[keyPath: value] = error.isNaN || known.isNaN ? .nan : max(known, abs(error))
  }

  private mutating func checkStationaryPoints(of loss: PlaneFunction, _ α: Double) {
    let top = 1 / α.squareRoot()
    let (steep, flat) = (4 * α, 3 * α * α * α)
    for (a, b, alongA, alongB) in [
      (top, 0, steep, flat), (-top, 0, steep, flat), (0, top, flat, steep),
      (0, -top, flat, steep), (0, 0, -2 * α, -2 * α),
    ] {
      let jet = loss(a, b)
      for slope in jet.gradient { raise(\.stationary, slope) }
      for (place, expected) in [((0, 0), alongA), ((0, 1), 0), ((1, 0), 0), ((1, 1), alongB)] {
        raise(\.hessian, jet.hessian[place.0][place.1] - expected)
      }
      for (axis, expected) in [alongA, alongB].enumerated() {
        raise(
          \.printedHessian, (jet.hessian[axis][axis] - 2 * expected) / (2 * expected))
      }
    }
  }

  private mutating func checkAdaptation(_ α: Double) {
    let top = 1 / α.squareRoot()
    for (b, θ) in [(0.0, 1.3), (2.7, -0.4), (-5.1, 2.2)] {
      let step = PlaneFunction { a, b in 0.5 * (a * b - θ).squared() }(top, b).gradient[1]
      raise(\.adaptation, top * (b - α * step) - θ)
    }
  }
}
