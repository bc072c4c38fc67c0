import Foundation

/// Student's t distribution.
public struct StudentT: Sendable {
  /// The degrees of freedom ν, n − 1 for the mean of n values.
  public let degreesOfFreedom: Double

  /// The distribution with ν > 0 degrees of freedom.
  public init(degreesOfFreedom: Double) {
    precondition(degreesOfFreedom > 0, "StudentT: \(degreesOfFreedom) degrees of freedom")
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// The probability of a value above t, with full relative precision for large t.
  ///
  /// Half of I_x(ν/2, 1/2) at x = ν / (ν + t²), for t ≥ 0.
  public func upperTail(_ t: Double) -> Double {
    guard t >= 0 else { return 1 - upperTail(-t) }
    guard t.isFinite else { return 0 }
    let ν = degreesOfFreedom
    // Scaled so that a huge t does not overflow when squared.
    let ratio = t / ν.squareRoot()
    let x = ratio > 1e150 ? 0 : 1 / (1 + ratio * ratio)
    let y = ratio > 1e150 ? 1 : ratio * ratio / (1 + ratio * ratio)
    return incompleteBeta(x, complement: y, ν / 2, 0.5) / 2
  }

  /// The probability of a value up to t.
  public func cumulative(_ t: Double) -> Double { upperTail(-t) }

  /// The value below which a probability lies; ±∞ at one and zero.
  public func quantile(_ probability: Double) -> Double {
    precondition(
      0 <= probability && probability <= 1, "StudentT: \(probability) is not a probability")
    guard probability >= 0.5 else { return upperQuantile(probability) * -1 }
    return upperQuantile(1 - probability)
  }

  /// The t ≥ 0 whose upper tail is given, by Newton's iteration kept inside a bracket.
  private func upperQuantile(_ tail: Double) -> Double {
    guard tail > 0 else { return .infinity }
    guard tail < 0.5 else { return 0 }
    var (low, high) = (0.0, 1.0)
    while upperTail(high) > tail && high < 1e300 { (low, high) = (high, high * 2) }
    var t = (low + high) / 2
    for _ in 0..<200 {
      let error = upperTail(t) - tail
      if error > 0 { low = t } else { high = t }
      let newton = t + error / density(t)
      let next = low < newton && newton < high ? newton : (low + high) / 2
      if abs(next - t) <= 1e-15 * t { return next }
      t = next
    }
    return t
  }

  /// The probability density at t.
  public func density(_ t: Double) -> Double {
    let ν = degreesOfFreedom
    return exp(lgamma((ν + 1) / 2) - lgamma(ν / 2) - (ν + 1) / 2 * log1p(t * t / ν))
      / (ν * Double.pi).squareRoot()
  }
}
