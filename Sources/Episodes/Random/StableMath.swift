/// Elementary functions out of + − × ÷ alone, so that a seed means the same bits on every machine.
///
/// IEEE 754 fixes these operations and the square root to the last bit; the functions of a
/// mathematical library differ in the last bit between versions. Accuracy: about 1e-15 relative.
package enum StableMath {
  /// The natural logarithm of a positive number.
  package static func logarithm(_ x: Double) -> Double {
    precondition(x > 0 && x.isFinite, "no logarithm of \(x)")
    var exponent = Double(x.exponent)
    var mantissa = x.significand
    if mantissa > 1.4142135623730951 {
      mantissa /= 2
      exponent += 1
    }
    // log m = 2 artanh((m − 1) / (m + 1)), where the argument is at most 0.172.
    let s = (mantissa - 1) / (mantissa + 1)
    let s2 = s * s
    var series = 0.0
    for odd in stride(from: 21, through: 1, by: -2) { series = series * s2 + 1 / Double(odd) }
    return exponent * 0.6931471805599453 + 2 * s * series
  }

  /// The cosine of an angle in turns: 1 is the full circle.
  package static func cosine(turns: Double) -> Double { sineAndCosine(turns: turns).cosine }

  /// The sine of an angle in turns.
  package static func sine(turns: Double) -> Double { sineAndCosine(turns: turns).sine }

  /// The sine of an angle in radians.
  package static func sine(radians: Double) -> Double { sine(turns: radians / (2 * .pi)) }

  /// Both functions of an angle in turns.
  package static func sineAndCosine(turns: Double) -> (sine: Double, cosine: Double) {
    let quarters = (4 * turns).rounded()
    // Exact: quarters / 4 is within a factor of two of turns, or zero.
    let x = (turns - quarters / 4) * (2 * .pi)
    let x2 = x * x
    var sine = 0.0
    var cosine = 0.0
    for k in stride(from: 16, through: 2, by: -2) {
      let k = Double(k)
      sine = (1 - sine) * x2 / (k * (k + 1))
      cosine = (1 - cosine) * x2 / (k * (k - 1))
    }
    sine = x * (1 - sine)
    cosine = 1 - cosine
    switch Int(quarters.truncatingRemainder(dividingBy: 4)) & 3 {
    case 0: return (sine, cosine)
    case 1: return (cosine, -sine)
    case 2: return (-sine, -cosine)
    default: return (-cosine, sine)
    }
  }
}
