import Experiments
import Statistics

/// A claim with the verdict of the runs and the numbers that it rests on.
public struct Finding: Codable, Equatable, Sendable {
  /// What became of one criterion.
  public struct Part: Codable, Equatable, Sendable {
    /// What was asked.
    public var criterion: CriterionStatement

    /// The verdict on this criterion, with Holm's correction over the claim's where it is refuted.
    public var verdict: Verdict

    /// The mean over seeds, or the worst exact value.
    public var effect: Double?

    /// The interval that decides, 95 % or for equivalence 90 %; exact values have none.
    public var interval: Interval?

    /// The number of seeds or exact values.
    public var count: Int

    /// How likely an effect this far beyond the threshold is by chance, both sides counted.
    ///
    /// Twice the one-sided p in the rule's direction, so that an effect on the wrong side has p = 1;
    /// for equivalence the larger of the two one-sided p values.
    public var p: Double?

    /// How likely an effect this far on the wrong side is by chance if it were at the threshold, or
    /// with the paper's own protocol at the paper's effect; both sides counted.
    public var pAgainst: Double?

    /// Why the verdict is what it is, where the numbers alone do not say.
    public var reason: String?

    /// The values themselves, one per seed, from which all of this follows.
    public var perSeed: PerSeed<Double>?
  }

  /// The claim, as it was written beforehand.
  public var claim: ClaimStatement

  /// The runs.
  public var basis: Basis

  /// The verdict on the claim.
  public var verdict: Verdict

  /// What stands before the numbers, if the claim is not testable.
  public var obstacle: Obstacle?

  /// Why, where the parts alone do not say.
  public var reason: String?

  /// One part for every criterion that was measured, in the order of the criteria.
  public var parts: [Part]

  /// What the reference arm and what is compared with it came to, where the claim has a gate.
  public var reference: [GateReading]

  /// The largest p of the deciding parts: the claim needs all of them, so no correction is due.
  public var p: Double?

  /// The smallest p against a deciding part, after Holm's correction over them.
  public var pAgainst: Double?

  /// Holm's adjusted p within the paper, once a ledger has seen the other claims.
  public var adjustedP: Double?

  /// Holm's adjusted p of the refutation within the paper.
  public var adjustedPAgainst: Double?

  /// The deciding part that speaks least for the claim; the first where they speak alike.
  public var weakestPart: Part? {
    let deciding = parts.filter { $0.criterion.role == .decides }
    func rank(_ part: Part) -> (Int, Double) {
      switch part.verdict {
      case .notTestable: (0, 0)
      case .notReproduced, .partly: (1, part.pAgainst ?? 0)
      case .inconclusive: (2, -(part.p ?? 1))
      case .reproduced: (3, -(part.p ?? 0))
      }
    }
    return deciding.min { rank($0) < rank($1) }
  }
}
