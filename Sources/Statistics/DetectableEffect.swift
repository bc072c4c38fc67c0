/// The smallest mean that a two-sided t test of n seeds would find with a given power.
///
/// The δ·s/√n at which the noncentral t distribution of noncentrality δ leaves ±t_{1 − α/2, n − 1}
/// with the given probability. An inconclusive claim whose detectable effect is larger than the
/// paper's effect says that there were too few seeds, not that there is no effect.
///
/// - Parameters:
///   - count: The number of seeds n; infinite below two.
///   - standardDeviation: The standard deviation s over seeds.
///   - alpha: The two-sided level of the test.
///   - power: The probability of finding the effect.
/// - Returns: The effect, in the unit of the standard deviation.
public func minimalDetectableEffect(
  count: Int, standardDeviation: Double, alpha: Double = 0.05, power: Double = 0.8
) -> Double {
  precondition(
    0 < alpha && alpha < power && power < 1, "minimalDetectableEffect: needs 0 < α < power < 1")
  guard count > 1 else { return .infinity }
  let ν = Double(count - 1)
  let critical = StudentT(degreesOfFreedom: ν).quantile(1 - alpha / 2)
  func reached(_ δ: Double) -> Double {
    let distribution = NoncentralT(degreesOfFreedom: ν, noncentrality: δ)
    return 1 - distribution.cumulative(critical) + distribution.cumulative(-critical)
  }
  var (low, high) = (0.0, 1.0)
  while reached(high) < power { (low, high) = (high, 2 * high) }
  for _ in 0..<50 {
    let middle = (low + high) / 2
    if reached(middle) < power { low = middle } else { high = middle }
  }
  return high * standardDeviation / Double(count).squareRoot()
}
