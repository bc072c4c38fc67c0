/// What a mean over seeds can be shown to be, and how likely so many seeds show it.
///
/// Both tests are made for a claim beforehand, so that their power can be known beforehand too: an
/// open claim whose test had little power says that there were too few seeds, not that there is no
/// effect.
public enum MeanTest: Equatable, Sendable {
  /// Above zero, with the whole two-sided interval: Student's test at level α/2.
  case positive
  /// Within ±margin: two one-sided tests at level α each.
  case within(margin: Double)

  /// The probability that the test succeeds, 1 − F(t; ν, δ) with δ = √n · effect / s, or Owen's for
  /// the two one-sided tests: the mean over s of P(|x̄| < margin − t s / √n).
  ///
  /// - Parameters:
  ///   - effect: The true mean.
  ///   - standardDeviation: The standard deviation over seeds.
  ///   - count: The number of seeds; below two nothing can be shown.
  ///   - alpha: The level.
  /// - Returns: The power.
  public func power(
    effect: Double, standardDeviation: Double, count: Int, alpha: Double = 0.05
  ) -> Double {
    precondition(0 < alpha && alpha < 1, "power: the level \(alpha) is not between 0 and 1")
    guard count > 1 else { return 0 }
    let ν = Double(count - 1)
    let error = standardDeviation / Double(count).squareRoot()
    switch self {
    case .positive:
      guard error > 0 else { return effect > 0 ? 1 : 0 }
      let critical = StudentT(degreesOfFreedom: ν).quantile(1 - alpha / 2)
      return 1
        - NoncentralT(degreesOfFreedom: ν, noncentrality: effect / error).cumulative(critical)
    case .within(let margin):
      guard error > 0 else { return abs(effect) < margin ? 1 : 0 }
      let critical = StudentT(degreesOfFreedom: ν).quantile(1 - alpha)
      return SampleSpread(degreesOfFreedom: ν).mean { s in
        let room = margin / error - critical * s
        let shift = effect / error
        return room > 0 ? Normal.cumulative(room - shift) - Normal.cumulative(-room - shift) : 0
      }
    }
  }

  /// The fewest seeds with which the test succeeds with a given probability.
  ///
  /// - Parameters:
  ///   - effect: The true mean.
  ///   - standardDeviation: The standard deviation over seeds.
  ///   - alpha: The level.
  ///   - wanted: The probability that is wanted.
  ///   - limit: The most seeds to think of.
  /// - Returns: The number, or nothing if it is beyond the limit.
  public func seedsNeeded(
    effect: Double, standardDeviation: Double, alpha: Double = 0.05, power wanted: Double = 0.8,
    limit: Int = 100_000
  ) -> Int? {
    func isEnough(_ count: Int) -> Bool {
      power(effect: effect, standardDeviation: standardDeviation, count: count, alpha: alpha)
        >= wanted
    }
    // At or beyond the threshold no number of seeds shows it.
    if case .positive = self, effect <= 0 { return nil }
    var (low, high) = (1, 2)
    while !isEnough(high) {
      guard high < limit else { return nil }
      (low, high) = (high, min(2 * high, limit))
    }
    while high - low > 1 {
      let middle = (low + high) / 2
      if isEnough(middle) { high = middle } else { low = middle }
    }
    return high
  }
}

/// The smallest mean that a test of n seeds would show to be positive with a given power.
///
/// - Parameters:
///   - count: The number of seeds n; infinite below two.
///   - standardDeviation: The standard deviation over seeds.
///   - alpha: The two-sided level of the test.
///   - power: The probability of finding the effect.
/// - Returns: The effect, in the unit of the standard deviation.
public func minimalDetectableEffect(
  count: Int, standardDeviation: Double, alpha: Double = 0.05, power: Double = 0.8
) -> Double {
  precondition(
    0 < alpha && alpha < power && power < 1, "minimalDetectableEffect: needs 0 < α < power < 1")
  guard count > 1 else { return .infinity }
  // Nearly a line in the effect, so that secants are soon there.
  func quantileReached(_ effect: Double) -> Double {
    Normal.quantile(
      MeanTest.positive.power(effect: effect, standardDeviation: 1, count: count, alpha: alpha))
  }
  let wanted = Normal.quantile(power)
  let unit = 1 / Double(count).squareRoot()
  var (last, effect) = (2 * unit, 4 * unit)
  var (lastReached, reached) = (quantileReached(last), quantileReached(effect))
  for _ in 0..<50 where abs(reached - wanted) > 1e-12 && reached != lastReached {
    let next = effect + (wanted - reached) * (effect - last) / (reached - lastReached)
    (last, lastReached) = (effect, reached)
    effect = next
    reached = quantileReached(effect)
  }
  return effect * standardDeviation
}
