import Foundation

/// The standard normal distribution.
public enum Normal {
  /// The probability of a value up to z, Φ(z), with full relative precision in the lower tail.
  public static func cumulative(_ z: Double) -> Double { 0.5 * erfc(-z / 2.0.squareRoot()) }

  /// The value z below which a probability lies, Φ⁻¹; ±∞ at one and zero.
  ///
  /// A rational starting value (Abramowitz and Stegun 26.2.23, error below 4.5e-4), then Halley's
  /// iteration, which triples the digits at every step.
  public static func quantile(_ probability: Double) -> Double {
    precondition(
      0 <= probability && probability <= 1, "Normal: \(probability) is not a probability")
    // The upper half by symmetry, since only small probabilities are resolved finely.
    guard probability <= 0.5 else { return -quantile(1 - probability) }
    guard probability > 0 else { return -.infinity }
    guard probability < 0.5 else { return 0 }
    let t = (-2 * log(probability)).squareRoot()
    let numerator = 2.515517 + t * (0.802853 + t * 0.010328)
    let denominator = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308))
    var z = numerator / denominator - t
    for _ in 0..<3 {
      let error = cumulative(z) - probability
      let step = error * (2 * Double.pi).squareRoot() * exp(z * z / 2)
      z -= step / (1 + z * step / 2)
    }
    return z
  }
}
