/// Two one-sided tests (TOST) of whether a mean is within a margin of zero.
///
/// "Hardly matters" is no absence of significance: it needs evidence that the mean is above −margin
/// and evidence that it is below +margin. At level α this is the interval of level 1 − 2α within
/// the margin.
///
/// - Reference: Schuirmann, "A comparison of the two one-sided tests procedure and the power
///   approach", Journal of Pharmacokinetics and Biopharmaceutics 15, 1987.
public struct EquivalenceTest: Equatable, Sendable {
  /// The largest departure from zero that counts as none, in the unit of the values.
  public let margin: Double

  /// The larger of the two one-sided p values.
  public let p: Double

  /// The Student interval of level 1 − 2α that must lie within the margin.
  public let interval: Interval

  /// Whether the mean is shown to be within the margin at level α.
  public let isEquivalent: Bool
}

extension PerSeed<Double> {
  /// The two one-sided tests of a mean, usually of paired differences, against ±margin.
  ///
  /// - Parameters:
  ///   - margin: The largest departure that counts as none; positive, chosen before the data.
  ///   - alpha: The level of each of the two tests.
  /// - Returns: The test, with its p value and its interval.
  public func equivalenceTest(margin: Double, alpha: Double = 0.05) -> EquivalenceTest {
    precondition(margin > 0, "equivalenceTest: margin \(margin) is not positive")
    let above = tTest(against: -margin, alternative: .greater).p
    let below = tTest(against: margin, alternative: .less).p
    let p = max(above, below)
    return EquivalenceTest(
      margin: margin, p: p, interval: interval(level: 1 - 2 * alpha), isEquivalent: p < alpha
    )
  }
}
