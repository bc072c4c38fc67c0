import Statistics

/// The findings on all claims, with Holm's correction within each paper.
public struct ClaimsLedger: Codable, Equatable, Sendable {
  /// The findings, by the claims' names.
  public let findings: [Finding]

  /// The ledger of uncorrected findings, at most one for each claim.
  ///
  /// Claims of one paper that were testable and have a p value share Holm's correction. A claim
  /// that is reproduced on its own but not after the correction is inconclusive, and says so.
  public init(_ findings: [Finding]) {
    let ids = findings.map(\.claim.id)
    if Set(ids).count < ids.count { fatalError("two findings on one claim in \(ids)") }
    let papers = Dictionary(grouping: findings, by: \.claim.paper)
    self.findings = papers.values.flatMap(Self.corrected).sorted { $0.claim.id < $1.claim.id }
  }

  private static func corrected(_ findings: [Finding]) -> [Finding] {
    // Sorted, so that the correction is a function of the set of findings.
    var corrected = findings.sorted { $0.claim.id < $1.claim.id }
    let family = corrected.indices.filter {
      corrected[$0].verdict != .notTestable && corrected[$0].p != nil
    }
    let adjusted = holmAdjusted(family.compactMap { corrected[$0].p })
    for (index, p) in zip(family, adjusted) {
      corrected[index].adjustedP = p
      guard corrected[index].verdict == .reproduced, p >= ClaimStatement.significance else {
        continue
      }
      corrected[index].verdict = .inconclusive
      corrected[index].reason =
        "reproduced alone, not after Holm's correction over \(family.count) claims"
    }
    return corrected
  }

  /// The claims whose verdicts differ from those of another ledger, with both verdicts.
  ///
  /// Claims that only one of the two ledgers holds are no differences.
  public func changedVerdicts(since earlier: ClaimsLedger) -> [(
    id: String, from: Verdict, to: Verdict
  )] {
    findings.compactMap { finding in
      guard
        let before = earlier.findings.first(where: { $0.claim.id == finding.claim.id })?.verdict,
        before != finding.verdict
      else { return nil }
      return (finding.claim.id, before, finding.verdict)
    }
  }
}
