import Statistics

/// What so many seeds could show, and how many would.
extension CriterionStatement {
  /// The chance that as many seeds with this spread show the paper's effect, where it states one, or
  /// for equivalence no effect at all.
  func power(spreadOf values: PerSeed<Double>) -> Double? {
    let sample = values.map(averaged)
    guard sample.count > 1, let effect = expectedEffect else { return nil }
    return test.power(
      effect: effect, standardDeviation: sample.standardDeviation, count: sample.count)
  }

  /// The fewest seeds of this spread that would decide at a level with a power of 80 %.
  ///
  /// - Parameters:
  ///   - values: One value per seed.
  ///   - alpha: The level, corrected for the number of claims.
  /// - Returns: The number for the paper's effect if it states one, else for ours; nothing if no
  ///   number would do.
  func seedsNeeded(spreadOf values: PerSeed<Double>, alpha: Double) -> Int? {
    let sample = values.map(averaged)
    guard sample.count > 1, sample.values.allSatisfy(\.isFinite) else { return nil }
    return test.seedsNeeded(
      effect: expectedEffect ?? beyondThreshold(sample.mean),
      standardDeviation: sample.standardDeviation, alpha: alpha)
  }

  /// The smallest departure from the threshold that this many seeds find four times in five; for
  /// equivalence there is none, and its power says what there is to say.
  func detectableEffect(spreadOf values: PerSeed<Double>) -> Double? {
    if case .equivalent = rule { return nil }
    let sample = values.map(averaged)
    let effect = minimalDetectableEffect(
      count: sample.count, standardDeviation: sample.standardDeviation)
    return effect.isFinite ? reported(effect) : nil
  }

  private var test: MeanTest {
    if case .equivalent(let margin) = rule { return .within(margin: averaged(margin)) }
    return .positive
  }

  /// The true effect that the test should find, on the mean's scale and from the threshold on.
  private var expectedEffect: Double? {
    if case .equivalent = rule { return averaged(paperEffect ?? 0) }
    return paperEffect.map { beyondThreshold(averaged($0)) }
  }

  private func beyondThreshold(_ mean: Double) -> Double {
    switch rule {
    case .above(let threshold): mean - averaged(threshold)
    case .below(let threshold): averaged(threshold) - mean
    case .equivalent: mean
    }
  }
}

extension Finding.Part {
  /// The chance that so many seeds show the paper's effect, or for equivalence none.
  public var power: Double? {
    finite.flatMap { criterion.power(spreadOf: $0) }
  }

  /// The smallest departure from the threshold that this many seeds find four times in five.
  public var minimalDetectableEffect: Double? {
    finite.flatMap { criterion.detectableEffect(spreadOf: $0) }
  }

  private var finite: PerSeed<Double>? {
    perSeed.flatMap { $0.count > 0 && $0.values.allSatisfy(\.isFinite) ? $0 : nil }
  }
}
