import Claims
import Foundation

/// All claims of the papers, a line each.
struct ClaimsTable {
  private let ledger: ClaimsLedger

  init(_ ledger: ClaimsLedger) { self.ledger = ledger }

  private static let header = [
    "claim", "figure", "the paper", "ours, with its interval", "seeds", "scope", "plain learner",
    "verdict", "why",
  ]

  var markdown: String { Markdown.table(Self.header, ledger.entries.map(Self.row)) }

  /// How many claims have which verdict.
  var summary: String {
    let counted = Dictionary(grouping: ledger.entries, by: \.verdictText).map { ($0, $1.count) }
      .sorted { ($1.1, $0.0) < ($0.1, $1.0) }
    return Markdown.paragraph(
      "\(ledger.entries.count) claims: "
        + counted.map { "\($1) \($0)" }.joined(separator: ", ") + ".")
  }

  private static func row(_ entry: ClaimsLedger.Entry) -> [String] {
    let finding = entry.finding
    let part = finding?.weakestPart
    let paper = part?.criterion.paperEffect.map(number) ?? entry.claim.paper ?? ""
    let scope = finding.map { "\($0.basis.ground.rawValue), \($0.basis.budget.rawValue)" } ?? ""
    let reference = finding?.reference.map { number($0.value) } ?? []
    let cells: [String] = [
      entry.claim.summary, "[\(entry.claim.target)]", paper, part.map(numbers) ?? "",
      finding.map { seeds($0, entry) } ?? "", scope, reference.joined(separator: " / "),
      "**\(entry.verdictText)**",
    ]
    let room = Markdown.longestLine - Markdown.line(cells + [""]).count
    return cells + [Markdown.cut(entry.why ?? "", to: room)]
  }

  private static func numbers(_ part: Finding.Part) -> String {
    guard let effect = part.effect else { return "" }
    guard let interval = part.interval, interval.isBounded else { return number(effect) }
    return "\(number(effect)) [\(number(interval.lower)), \(number(interval.upper))]"
  }

  /// How many there were, and for an open claim how many would do.
  private static func seeds(_ finding: Finding, _ entry: ClaimsLedger.Entry) -> String {
    let count = "\(finding.basis.seeds)"
    guard entry.verdict == .inconclusive, let needed = entry.seedsNeeded else { return count }
    return count + (needed > 200 ? ", needs over 200" : ", needs \(needed)")
  }

  private static func number(_ value: Double) -> String { String(format: "%.3g", value) }
}
