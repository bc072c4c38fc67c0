/// Which departures from the null value count as evidence.
public enum Alternative: String, Codable, Sendable {
  /// A mean on either side of the null value.
  case twoSided
  /// A mean above the null value.
  case greater
  /// A mean below the null value.
  case less
}

/// Student's one-sample test of a mean over seeds; of paired differences, the paired test.
public struct TTest: Equatable, Sendable {
  /// The mean over seeds minus the null value.
  public let effect: Double

  /// The statistic t = (x̄ − μ₀) √n / s; infinite when all seeds agree on another value than μ₀.
  public let t: Double

  /// The degrees of freedom, n − 1.
  public let degreesOfFreedom: Int

  /// What counts as evidence.
  public let alternative: Alternative

  /// The probability of a t at least as extreme if the mean were the null value.
  public let p: Double

  init(_ sample: PerSeed<Double>, null: Double, alternative: Alternative) {
    effect = sample.mean - null
    degreesOfFreedom = sample.count - 1
    self.alternative = alternative
    let standardError = sample.standardError
    // Seeds that agree exactly, as in a deterministic measurement, leave no doubt about their mean.
    t =
      standardError > 0
      ? effect / standardError : (effect == 0 ? 0 : effect.sign == .minus ? -.infinity : .infinity)
    guard degreesOfFreedom > 0 else {
      p = 1
      return
    }
    let distribution = StudentT(degreesOfFreedom: Double(degreesOfFreedom))
    switch alternative {
    case .twoSided: p = min(1, 2 * distribution.upperTail(abs(t)))
    case .greater: p = distribution.upperTail(t)
    case .less: p = distribution.upperTail(-t)
    }
  }
}

extension PerSeed<Double> {
  /// Student's test of the mean over seeds against a value; a single seed has p = 1.
  public func tTest(
    against null: Double = 0, alternative: Alternative = .twoSided
  ) -> TTest {
    precondition(count > 0, "tTest: no seeds")
    return TTest(self, null: null, alternative: alternative)
  }
}
