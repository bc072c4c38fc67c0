import Claims
import Statistics

/// The verdicts for other programs: the answer to `refigure claims --json`.
///
/// Every key is there for every claim; what is not known is null.
struct ClaimsReport: Encodable {
  /// One claim of the catalogue.
  struct Row: Encodable {
    let entry: ClaimsLedger.Entry

    private enum Key: String, CodingKey {
      case id, claim, verdict, obstacle, why, budget, scope, data, seeds, effect, interval, level
      case p, adjustedP, paper, paperEffect, seedsNeeded, reference, sameAs
    }

    func encode(to encoder: any Encoder) throws {
      let finding = entry.finding
      let basis = finding?.basis
      let part = finding?.weakestPart
      let ends = part?.interval.flatMap { $0.isBounded ? [$0.lower, $0.upper] : nil }
      var row = encoder.container(keyedBy: Key.self)
      try row.encode(entry.claim.id, forKey: .id)
      try row.encode(entry.claim.summary, forKey: .claim)
      try row.encode(entry.verdict, forKey: .verdict)
      try row.encode(entry.obstacle, forKey: .obstacle)
      try row.encode(entry.why, forKey: .why)
      try row.encode(basis?.budget, forKey: .budget)
      try row.encode(basis?.ground, forKey: .scope)
      try row.encode(basis.flatMap { $0.data.isEmpty ? nil : $0.data }, forKey: .data)
      try row.encode(basis?.seeds, forKey: .seeds)
      try row.encode(part?.effect, forKey: .effect)
      try row.encode(ends, forKey: .interval)
      try row.encode(part?.interval?.level, forKey: .level)
      try row.encode(finding?.p, forKey: .p)
      try row.encode(finding?.adjustedP, forKey: .adjustedP)
      try row.encode(entry.claim.paper, forKey: .paper)
      try row.encode(part?.criterion.paperEffect, forKey: .paperEffect)
      try row.encode(entry.seedsNeeded, forKey: .seedsNeeded)
      try row.encode(
        finding.flatMap { $0.reference.isEmpty ? nil : $0.reference }, forKey: .reference)
      try row.encode(entry.claim.sameAs, forKey: .sameAs)
    }
  }

  /// The version of this form.
  let version = 1
  /// One row for each claim of the catalogue.
  let claims: [Row]

  init(_ ledger: ClaimsLedger) { claims = ledger.entries.map(Row.init) }
}
