import Statistics

/// What became of every claim of the catalogue: one verdict each, with Holm's correction over each
/// paper's list.
public struct ClaimsLedger: Equatable, Sendable {
  /// The verdict on one claim.
  public struct Entry: Equatable, Sendable {
    /// The claim, as it is listed.
    public var claim: ClaimsCatalogue.Entry
    /// What was found, on the runs that answer it best; of a copy, what its original found.
    public var finding: Finding?
    /// What else was computed, on other data or with other budgets.
    public var accompanying: [Finding] = []
    /// The verdict.
    public var verdict: Verdict
    /// What stands before it, if it is not testable.
    public var obstacle: Obstacle?
    /// Why it is that.
    public var why: String?
    /// How many claims share the paper's correction.
    var familySize = 1

    /// The verdict, with what stands before it.
    public var verdictText: String {
      verdict.rawValue + (obstacle.map { " (\($0.rawValue))" } ?? "")
    }

    /// The fewest seeds that would decide at 80 % power whatever the paper's other claims say;
    /// nothing if no number would do.
    public var seedsNeeded: Int? {
      finding?.seedsNeeded(alpha: ClaimStatement.significance / Double(familySize))
    }
  }

  /// One entry for each claim of the catalogue, in its order.
  public let entries: [Entry]

  /// The ledger of uncorrected findings.
  ///
  /// - Parameters:
  ///   - findings: All findings, of any budget and data; each claim is judged on those that answer
  ///     it best.
  ///   - others: Findings on the same runs computed with another set of kernels. Where they give
  ///     another verdict, the claim is open.
  ///   - catalogue: The papers' claims.
  /// - Throws: ``RecordError`` if a finding's claim is not in the catalogue.
  public init(
    _ findings: [Finding], otherKernels others: [Finding] = [], of catalogue: ClaimsCatalogue
  ) throws {
    if let stray = (findings + others).first(where: { catalogue[$0.claim.id] == nil }) {
      throw RecordError(
        "the claim \(stray.claim.id) is not in Data/papers/claims.json; a figure's claims are "
          + "listed there before they are judged")
    }
    let best = Self.best(of: findings)
    let judged = Self.corrected(best, of: catalogue)
    // The same runs again, those with other kernels in their place where there are any.
    let again = Self.corrected(
      best.merging(others.map { ($0.claim.id, $0) }) { own, other in
        own.basis == other.basis ? other : own
      }, of: catalogue)
    var entries = catalogue.claims.map { claim in
      var entry = Self.entry(of: claim, judged[claim.id])
      entry.familySize = max(catalogue.familySize(of: claim.paperName), 1)
      entry.accompanying = findings.filter {
        $0.claim.id == claim.id && (claim.sameAs != nil || $0 != best[claim.id])
      }
      if let other = again[claim.id], best[claim.id] != nil, other.verdict != entry.verdict {
        entry.why =
          "depends on rounding: \(entry.verdict.rawValue) with one set of kernels, "
          + "\(other.verdict.rawValue) with another"
        (entry.verdict, entry.obstacle) = (.inconclusive, nil)
      }
      return entry
    }
    for index in entries.indices {
      guard let original = entries[index].claim.sameAs,
        let found = entries.first(where: { $0.claim.id == original })
      else { continue }
      entries[index].finding = found.finding
      (entries[index].verdict, entries[index].obstacle) = (found.verdict, found.obstacle)
      entries[index].why = "as \(found.claim.target)"
    }
    self.entries = entries
  }

  /// The entry of a claim.
  public subscript(id: String) -> Entry? { entries.first { $0.claim.id == id } }

  private static func entry(of claim: ClaimsCatalogue.Entry, _ finding: Finding?) -> Entry {
    guard let finding else {
      return Entry(claim: claim, verdict: .notTestable, obstacle: .noResults)
    }
    return Entry(
      claim: claim, finding: finding, verdict: finding.verdict, obstacle: finding.obstacle,
      why: finding.reason)
  }

  /// For each claim the finding that answers it best; runs without all their seeds, criteria or
  /// budget come after those that are complete.
  private static func best(of findings: [Finding]) -> [String: Finding] {
    func rank(_ finding: Finding) -> Int {
      let isComplete =
        switch finding.obstacle {
        case nil, .undertrained: true
        case .budget, .seeds, .unmeasured, .noResults: false
        }
      return (finding.basis.rank ?? 0) + (isComplete ? 100 : 0)
    }
    return Dictionary(
      findings.filter { $0.basis.rank != nil }.map { ($0.claim.id, $0) }
    ) { rank($0) >= rank($1) ? $0 : $1 }
  }

  /// The findings with Holm's correction over each paper's family, in both directions.
  private static func corrected(
    _ findings: [String: Finding], of catalogue: ClaimsCatalogue
  ) -> [String: Finding] {
    var corrected = findings
    for paper in Set(catalogue.claims.map(\.paperName)) {
      let family = catalogue.claims.filter { $0.paperName == paper && $0.isCounted }.map(\.id)
      // A claim that cannot be tested yet keeps its place in the family.
      func adjusted(_ p: KeyPath<Finding, Double?>) -> [Double] {
        holmAdjusted(
          family.map { id in
            findings[id].flatMap { $0.verdict == .notTestable ? nil : $0[keyPath: p] } ?? 1
          })
      }
      let (support, refutation) = (adjusted(\.p), adjusted(\.pAgainst))
      for (index, id) in family.enumerated() {
        corrected[id]?.correct(support[index], against: refutation[index], of: family.count)
      }
    }
    return corrected
  }
}

extension Finding {
  /// Takes back a verdict that does not survive the correction over a paper's claims.
  fileprivate mutating func correct(_ p: Double, against: Double, of familySize: Int) {
    guard verdict != .notTestable, self.p != nil else { return }
    (adjustedP, adjustedPAgainst) = (p, against)
    let isOpen =
      switch verdict {
      case .reproduced: p >= ClaimStatement.significance
      // Without p values against, exact numbers refute.
      case .notReproduced, .partly:
        pAgainst.map { $0 < ClaimStatement.significance } == true
          && against >= ClaimStatement.significance
      case .inconclusive, .notTestable: false
      }
    guard isOpen else { return }
    reason =
      "\(verdict.rawValue) alone, not after Holm's correction over \(familySize) claims"
      + (reason.map { " (\($0))" } ?? "")
    verdict = .inconclusive
  }

  /// The most that a deciding criterion needs; nothing if no number of seeds would do for one.
  fileprivate func seedsNeeded(alpha: Double) -> Int? {
    let parts = parts.filter { $0.criterion.role == .decides && $0.perSeed != nil }
    let needed = parts.compactMap { part in
      part.perSeed.flatMap { part.criterion.seedsNeeded(spreadOf: $0, alpha: alpha) }
    }
    return needed.count == parts.count ? needed.max() : nil
  }
}
