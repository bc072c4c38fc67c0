/// What the runs say about a claim.
public enum Verdict: String, Codable, CaseIterable, Sendable {
  /// All that decides lies beyond its threshold, which was fixed beforehand.
  case reproduced
  /// Some of what decides is reproduced, and some refuted.
  case partly
  /// Something lies on the other side, or excludes the paper's effect.
  case notReproduced = "not reproduced"
  /// The numbers allow both.
  case inconclusive
  /// There is an ``Obstacle`` before the numbers.
  case notTestable = "not testable"
}

/// Why a claim is not judged, whatever the numbers.
public enum Obstacle: String, Codable, Sendable {
  /// No results are kept of its figure, or there is no such figure yet.
  case noResults = "no results"
  /// The runs are of a smaller budget than can decide.
  case budget = "small budget"
  /// Fewer seeds than the figure fixes, or than any claim needs.
  case seeds = "few seeds"
  /// A criterion has no numbers.
  case unmeasured = "not measured"
  /// The reference arm does not pass its gate.
  case undertrained
}
