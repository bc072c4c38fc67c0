import Foundation

/// The regularised incomplete beta function I_x(a, b).
///
/// The share of a beta(a, b) distribution below x, by its continued fraction (Abramowitz and Stegun
/// 26.5.8) in Lentz's modified form, on the side of the mean where it converges fast.
///
/// - Parameters:
///   - x: The point, in 0...1.
///   - y: 1 − x; its own parameter, so that neither end loses digits to the subtraction.
///   - a: The first exponent, positive.
///   - b: The second exponent, positive.
/// - Returns: The share, in 0...1.
func incompleteBeta(_ x: Double, complement y: Double, _ a: Double, _ b: Double) -> Double {
  precondition(a > 0 && b > 0 && x >= 0 && y >= 0, "incompleteBeta: arguments out of range")
  guard x > 0 else { return 0 }
  guard y > 0 else { return 1 }
  guard x <= (a + 1) / (a + b + 2) else {
    return 1 - incompleteBeta(y, complement: x, b, a)
  }
  let front = exp(
    lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(y) - log(a))
  return front * continuedFraction(x, a, b)
}

private func continuedFraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
  // Lentz's guard against a zero denominator.
  func guarded(_ value: Double) -> Double { abs(value) < 1e-300 ? 1e-300 : value }
  var c = 1.0
  var d = 1 / guarded(1 - (a + b) * x / (a + 1))
  var fraction = d
  for m in stride(from: 1.0, through: 100_000, by: 1) {
    let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / guarded(1 + even * d)
    c = guarded(1 + even / c)
    fraction *= d * c
    let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / guarded(1 + odd * d)
    c = guarded(1 + odd / c)
    fraction *= d * c
    if abs(d * c - 1) < 1e-15 { break }
  }
  return fraction
}
