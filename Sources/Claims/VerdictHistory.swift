import Experiments
import Foundation

/// Every verdict that was ever reported, with the reason why it became that: the file
/// `Data/results/verdicts.json`.
///
/// Verdicts follow from results; this is what they are held to, so that none changes in silence.
package struct VerdictHistory: Codable, Equatable, Sendable {
  /// A verdict, from one day on.
  package struct Entry: Codable, Equatable, Sendable {
    /// The claim's name.
    package var claim: String
    /// What was computed: a budget or a preset.
    package var extent: String
    /// What was found, or nothing if the claim is no longer judged.
    package var verdict: Verdict?
    /// Why it is that now.
    package var because: String
  }

  /// A verdict that is not the one last reported.
  package struct Change: Equatable, Sendable, CustomStringConvertible {
    package var claim: String
    package var extent: String
    package var from: Verdict?
    package var to: Verdict?

    /// `a/b/c (standard): reproduced → inconclusive`.
    package var description: String {
      "\(claim) (\(extent)): \(from?.rawValue ?? "not judged") → \(to?.rawValue ?? "not judged")"
    }
  }

  /// The entries, oldest first.
  package var entries: [Entry] = []

  /// The history in the folder of results; empty if there is none yet.
  package static func read(_ file: URL) throws -> VerdictHistory {
    guard FileManager.default.fileExists(atPath: file.path) else { return VerdictHistory() }
    do {
      let bytes = try Data(contentsOf: file)
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
  package func verdict(on claim: String, _ extent: String) -> Verdict? {
    entries.last { $0.claim == claim && $0.extent == extent }?.verdict
  }

  /// What differs between the verdicts last reported and those that results now give, each ledger
  /// by what was computed.
  package func changes(to ledgers: [String: ClaimsLedger]) -> [Change] {
    var changes: [Change] = []
    for (extent, ledger) in ledgers.sorted(by: { $0.key < $1.key }) {
      for finding in ledger.findings {
        let before = verdict(on: finding.claim.id, extent)
        guard before != finding.verdict else { continue }
        changes.append(
          Change(claim: finding.claim.id, extent: extent, from: before, to: finding.verdict))
      }
    }
    var seen: Set<[String]> = []
    for entry in entries where seen.insert([entry.claim, entry.extent]).inserted {
      let isJudged =
        ledgers[entry.extent]?.findings.contains { $0.claim.id == entry.claim } ?? false
      if !isJudged, let before = verdict(on: entry.claim, entry.extent) {
        changes.append(
          Change(claim: entry.claim, extent: entry.extent, from: before, to: nil))
      }
    }
    return changes
  }

  /// Reports changed verdicts, for a reason.
  package mutating func record(_ changes: [Change], because reason: String) {
    if reason.isEmpty { fatalError("a verdict does not change without a reason") }
    entries += changes.map {
      Entry(claim: $0.claim, extent: $0.extent, verdict: $0.to, because: reason)
    }
  }
}
