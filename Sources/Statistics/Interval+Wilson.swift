extension Interval {
  /// Wilson's score interval of a proportion, for independent trials.
  ///
  /// The centre is (p̂ + z²/2n) / (1 + z²/n), the radius z √(p̂(1 − p̂)/n + z²/4n²) / (1 + z²/n). Its
  /// lower end at level 1 − 2α is the one-sided limit of level 1 − α.
  ///
  /// - Reference: Wilson, "Probable inference, the law of succession, and statistical inference",
  ///   JASA 22, 1927.
  public static func wilson(successes: Int, trials: Int, level: Double = 0.95) -> Interval {
    precondition(
      trials > 0 && (0...trials).contains(successes),
      "wilson: \(successes) successes in \(trials) trials")
    precondition(0 < level && level < 1, "wilson: level \(level) is not between 0 and 1")
    let z = Normal.quantile((1 + level) / 2)
    let n = Double(trials)
    let p = Double(successes) / n
    let scale = 1 + z * z / n
    let centre = (p + z * z / (2 * n)) / scale
    let radius = z * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot() / scale
    // Exact at the ends, where the two terms cancel up to rounding.
    return Interval(
      estimate: p, lower: successes == 0 ? 0 : centre - radius,
      upper: successes == trials ? 1 : centre + radius, kind: .wilson, level: level, count: trials)
  }

  /// The one-sided lower limit of a proportion, at a one-sided level.
  public static func wilsonLowerLimit(
    successes: Int, trials: Int, level: Double = 0.95
  ) -> Double {
    wilson(successes: successes, trials: trials, level: 2 * level - 1).lower
  }

  /// The one-sided upper limit of a proportion, at a one-sided level.
  public static func wilsonUpperLimit(
    successes: Int, trials: Int, level: Double = 0.95
  ) -> Double {
    wilson(successes: successes, trials: trials, level: 2 * level - 1).upper
  }
}
