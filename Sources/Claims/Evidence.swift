import Statistics

/// What was measured for a criterion.
public enum Evidence: Sendable {
  /// One value per seed: means over episodes, paired differences, slopes, correlations.
  case seeds(PerSeed<Double>)

  /// Values without chance, such as the error of a theorem's identity; each must obey the rule.
  case exact([Double])

  /// Nothing that a number could be made of, and why.
  case undefined(reason: String)

  /// The correlation of two curves over their points, one coefficient per seed.
  public static func correlation(
    of x: PerSeed<[Double]>, and y: PerSeed<[Double]>, by correlation: Correlation = .pearson
  ) -> Evidence {
    guard let seedwise = SeedwiseCorrelation(of: x, and: y, by: correlation) else {
      return .undefined(reason: "a curve is constant, or no correlation is defined")
    }
    return .seeds(seedwise.coefficients)
  }

  /// How much more the two curves of a seed go together than those of different seeds, which share
  /// no more than the drift of training.
  public static func correlationBeyondDrift(
    of x: PerSeed<[Double]>, and y: PerSeed<[Double]>, by correlation: Correlation = .pearson
  ) -> Evidence {
    guard let excess = SeedwiseCorrelation.beyondDrift(of: x, and: y, by: correlation) else {
      return .undefined(reason: "a curve is constant, or there is one seed")
    }
    return .seeds(excess)
  }
}
