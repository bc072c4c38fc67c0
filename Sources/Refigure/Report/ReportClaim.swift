import Claims
import Foundation

/// A claim as the report tells it: a row of the table of all claims, and a part of its figure.
struct ReportClaim {
  /// One criterion, with what came of it.
  struct Criterion {
    let criterion: String
    let statistic: String
    let rule: String
    let measured: String
    let count: String
    let probability: String
    let stated: String
    let outcome: VerdictMark?

    init(_ part: Finding.Part) {
      criterion = part.criterion.name
      statistic = part.criterion.statistic
      rule = part.criterion.ruleText
      measured = part.measured
      count = part.count > 0 ? "\(part.count)" : ""
      probability = part.p.map { String(format: "%.2g", $0) } ?? ""
      stated = part.papers ?? ""
      outcome = part.criterion.role == .decides ? VerdictMark(part.verdict) : nil
    }
  }

  let id: String
  let statement: String
  let paper: String
  let target: String
  /// Whether the report has the figure, so that a row can lead to it.
  let isShown: Bool
  let verdict: VerdictMark
  let why: String?
  /// The paper's effect, or what it says.
  let papers: String
  /// Ours, with its interval.
  let ours: String
  let seeds: String
  let budget: String
  let ground: String
  let data: String
  let quotation: ClaimStatement.Quotation?
  let reference: String?
  let reservation: String?
  let correction: String?
  let criteria: [Criterion]
  let hasCriteria: Bool
  let hasResults: Bool
  let hasEffect: Bool
  let hasPaperEffect: Bool
  /// What else was computed.
  let beside: [String]

  init(_ entry: ClaimsLedger.Entry, isShown: Bool) {
    let finding = entry.finding
    let part = finding?.weakestPart
    id = entry.claim.id
    statement = entry.claim.summary
    // As the folders of papers are called.
    paper = entry.claim.paperName.capitalized
    target = entry.claim.target
    self.isShown = isShown
    verdict = VerdictMark(entry.verdict, entry.obstacle)
    why = entry.why
    papers = part?.papers ?? entry.claim.paper ?? ""
    ours = part.map(\.measured) ?? ""
    seeds = finding.map { Self.seeds($0, entry) } ?? ""
    budget = finding?.basis.budget.rawValue ?? "none"
    ground = finding?.basis.ground.rawValue ?? "no results"
    data = finding?.basis.data ?? ""
    quotation = finding?.claim.quotation
    reference = finding?.referenceText
    reservation = finding?.claim.reservation
    correction = finding?.adjustedP.map { String(format: "%.2g", $0) }
    criteria = entry.claim.sameAs == nil ? finding?.parts.map(Criterion.init) ?? [] : []
    hasCriteria = !criteria.isEmpty
    hasResults = finding != nil
    hasEffect = !ours.isEmpty
    hasPaperEffect = !papers.isEmpty
    beside = entry.accompanying.map { other in
      "\(other.basis.description): \(other.verdictText)"
        + (other.weakestPart.map { "; \($0.summary)" } ?? "")
    }
  }

  /// How many there were, and for an open claim how many would do.
  private static func seeds(_ finding: Finding, _ entry: ClaimsLedger.Entry) -> String {
    let count = "\(finding.basis.seeds)"
    guard entry.verdict == .inconclusive, let needed = entry.seedsNeeded else { return count }
    return count + (needed > 200 ? ", needs over 200" : ", needs \(needed)")
  }
}
