import Experiments
import Foundation

/// Every verdict that was ever reported, with the reason why it became that: the file
/// `Data/results/verdicts.json`.
///
/// Verdicts follow from results; this is what they are held to, so that none changes in silence.
package struct VerdictHistory: Codable, Equatable, Sendable {
  /// A reason, with the verdicts that it changed.
  package struct Entry: Codable, Equatable, Sendable {
    /// Why they are that now.
    package var because: String
    /// What changed.
    package var changes: [Change]
  }

  /// A verdict that is not the one last reported.
  package struct Change: Codable, Equatable, Sendable, CustomStringConvertible {
    /// The claim's name.
    package var claim: String
    /// What was reported before, if anything was.
    package var from: Verdict?
    /// What was found, or nothing if the claim is no longer judged.
    package var to: Verdict?
    /// The runs that it rests on: `standard, glyphs for Omniglot`.
    package var basis: String?

    /// `a/b/c (standard): reproduced → inconclusive`.
    package var description: String {
      "\(claim) (\(basis ?? "no runs")): \(from?.rawValue ?? "not judged") → "
        + "\(to?.rawValue ?? "not judged")"
    }
  }

  /// The entries, oldest first.
  package var entries: [Entry] = []

  /// The history in the folder of results; empty if there is none yet.
  package static func read(_ file: URL) throws -> VerdictHistory {
    guard let bytes = try file.contentIfThere() else { return VerdictHistory() }
    do {
      return try CanonicalJSON.decode(VerdictHistory.self, from: bytes)
    } catch {
      throw RecordError("\(file.path) is no history of verdicts; restore it")
    }
  }

  /// Writes the history.
  package func write(to file: URL) throws {
    try AtomicFile.makeFolder(file.deletingLastPathComponent())
    try AtomicFile.write(try CanonicalJSON.encodeForReading(self), to: file)
  }

  /// The verdict last reported on a claim.
  package func verdict(on claim: String) -> Verdict? {
    entries.flatMap(\.changes).last { $0.claim == claim }?.to
  }

  /// What differs between the verdicts last reported and those that results now give; claims without
  /// any results are not judged.
  package func changes(to ledger: ClaimsLedger) -> [Change] {
    var changes: [Change] = []
    for entry in ledger.entries {
      let (before, now) = (
        verdict(on: entry.claim.id), entry.obstacle == .noResults ? nil : entry.verdict
      )
      guard before != now else { continue }
      changes.append(
        Change(
          claim: entry.claim.id, from: before, to: now,
          basis: entry.finding?.basis.description))
    }
    let listed = Set(ledger.entries.map(\.claim.id))
    var seen: Set<String> = []
    for claim in entries.flatMap(\.changes).map(\.claim)
    where !listed.contains(claim) && seen.insert(claim).inserted {
      guard let before = verdict(on: claim) else { continue }
      changes.append(Change(claim: claim, from: before, to: nil, basis: nil))
    }
    return changes
  }

  /// Reports changed verdicts, for a reason.
  package mutating func record(_ changes: [Change], because reason: String) {
    if reason.isEmpty { fatalError("a verdict does not change without a reason") }
    entries.append(Entry(because: reason, changes: changes))
  }
}
