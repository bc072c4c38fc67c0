import Claims
import Foundation

/// All claims of the papers, a line each.
struct ClaimsTable {
  private let ledger: ClaimsLedger

  init(_ ledger: ClaimsLedger) { self.ledger = ledger }

  private static let header = [
    "claim", "figure", "the paper", "ours, with its interval", "seeds", "scope", "plain learner",
    "verdict", "why", "on published data",
  ]

  var markdown: String { Markdown.table(Self.header, ledger.entries.map(Self.row)) }

  /// How many claims have which verdict; what a second figure says of the same sentence counts once.
  var summary: String {
    let own = ledger.entries.filter { $0.claim.sameAs == nil }
    let counted = Dictionary(grouping: own, by: \.verdictText).map { ($0, $1.count) }
      .sorted { ($1.1, $0.0) < ($0.1, $1.0) }
    let reproduced = Dictionary(
      grouping: own.filter { $0.verdict == .reproduced }, by: { $0.finding?.basis.ground })
    func count(_ ground: Ground) -> Int { reproduced[ground]?.count ?? 0 }
    return Markdown.paragraph(
      "\(own.count) claims, and \(ledger.entries.count - own.count) that repeat one of them: "
        + counted.map { "\($1) \($0)" }.joined(separator: ", ")
        + ". Of those reproduced \(count(.theory)) are without images (theorems, sine waves, points, "
        + "printed rates), \(count(.standIns)) on drawn stand-ins and \(count(.published)) on published "
        + "images.")
  }

  private static func row(_ entry: ClaimsLedger.Entry) -> [String] {
    let figure = "[\(entry.claim.target)]"
    guard entry.claim.sameAs == nil else {
      return [entry.claim.summary, figure] + Array(repeating: "", count: 5)
        + ["**\(entry.verdictText)**", entry.why ?? "", ""]
    }
    let finding = entry.finding
    let part = finding?.weakestPart
    let paper = part?.papers ?? entry.claim.paper ?? ""
    let scope = finding.map { "\($0.basis.ground.rawValue), \($0.basis.budget.rawValue)" } ?? ""
    let gate = finding?.claim.gate
    let reference = finding?.plainLearner.map { gate?.text(of: $0.value) ?? "" } ?? []
    let isAlone = (finding?.parts.count { $0.criterion.role == .decides } ?? 0) < 2
    func cells(isNamed: Bool) -> [String] {
      [
        entry.claim.summary, figure, paper, part.map { numbers($0, isNamed: isNamed) } ?? "",
        finding.map { seeds($0, entry) } ?? "", scope, reference.joined(separator: " / "),
        "**\(entry.verdictText)**",
      ]
    }
    let published = onPublishedData(entry)
    func room(_ cells: [String]) -> Int {
      Markdown.longestLine - Markdown.line(cells + ["", published]).count
    }
    let named = cells(isNamed: !isAlone)
    // Why it is so says more than which of the criteria the number is of.
    let shown = room(named) > 60 || entry.why == nil ? named : cells(isNamed: false)
    return shown + [Markdown.cut(entry.why ?? "", to: room(shown)), published]
  }

  /// What published images say at a budget that decides nothing.
  private static func onPublishedData(_ entry: ClaimsLedger.Entry) -> String {
    let other = entry.accompanying.last { $0.basis.ground == .published }
    guard let other, let part = other.weakestPart, let effect = part.effect else { return "" }
    let word = other.obstacle.map(\.rawValue) ?? other.verdict.rawValue
    return "\(part.criterion.text(of: effect)): \(word)"
  }

  /// The effect, with the name of its criterion where there are others.
  private static func numbers(_ part: Finding.Part, isNamed: Bool) -> String {
    guard part.effect != nil else { return "" }
    return (isNamed ? part.criterion.name + ": " : "") + part.measured
  }

  /// How many there were, and for an open claim how many would do.
  private static func seeds(_ finding: Finding, _ entry: ClaimsLedger.Entry) -> String {
    let count = finding.turns.map { "\($0) turns" } ?? "\(finding.basis.seeds)"
    guard entry.verdict == .inconclusive, let needed = entry.seedsNeeded,
      needed > finding.basis.seeds
    else { return count }
    return count + (needed > 200 ? ", needs over 200" : ", needs \(needed)")
  }
}

extension Finding {
  /// How many turns its times were measured in, which repeat them as seeds do else; nothing if it is
  /// not about times.
  var turns: Int? {
    let counts = parts.filter { $0.criterion.role == .decides }.compactMap { $0.perSeed?.count }
    return counts.min().flatMap { $0 > basis.seeds ? $0 : nil }
  }
}
