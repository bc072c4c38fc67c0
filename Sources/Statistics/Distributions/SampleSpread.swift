import Foundation

/// How far off a sample's standard deviation is: s with νs² χ²-distributed of ν degrees of freedom.
struct SampleSpread {
  let degreesOfFreedom: Double

  /// The mean of a function of s, ∫ g(s) f(s) ds by Simpson's rule.
  ///
  /// f(s) = 2 (ν/2)^{ν/2} / Γ(ν/2) · s^{ν − 1} e^{−νs²/2}, of standard deviation near 1/√(2ν), so that
  /// the mass beyond twelve of them is below any rounding.
  func mean(of function: (Double) -> Double) -> Double {
    let ν = degreesOfFreedom
    let logConstant = log(2) + ν / 2 * log(ν / 2) - lgamma(ν / 2)
    func integrand(_ s: Double) -> Double {
      let power = ν == 1 ? 0 : (ν - 1) * log(s)
      return function(s) * exp(logConstant + power - ν * s * s / 2)
    }
    let spread = 12 / (2 * ν).squareRoot()
    let (start, end) = (max(0, 1 - spread), 1 + spread)
    let intervals = 2000
    let width = (end - start) / Double(intervals)
    var sum = integrand(start) + integrand(end)
    for index in 1..<intervals {
      sum += (index.isMultiple(of: 2) ? 2 : 4) * integrand(start + Double(index) * width)
    }
    return sum * width / 3
  }
}
