/// What the runs say about a claim.
public enum Verdict: String, Codable, CaseIterable, Sendable {
  /// The interval lies beyond the threshold fixed beforehand.
  case reproduced
  /// The interval lies on the other side, or excludes the paper's effect.
  case notReproduced = "not reproduced"
  /// The interval contains both.
  case inconclusive
  /// The budget, the seeds or the measurements are less than the claim needs.
  case notTestable = "not testable at this budget"
}
