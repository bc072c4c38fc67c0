import Experiments
import Foundation

/// How long a user waited for a figure of which no run was stored before.
///
/// It lies with the costs of runs, apart from what the figure writes.
package struct ColdTime: Codable, Equatable, Sendable {
  /// The time on the clock, from the command to the last file.
  package var seconds: Double
  /// How many threads computed.
  package var workers: Int
  /// The runs that the figure is made of.
  package var runs: [RunKey]

  /// The record of a figure in a store; nothing if it was never made from nothing.
  package static func read(of figure: String, _ extent: String, in store: RunStore) throws
    -> ColdTime?
  {
    guard let bytes = try file(of: figure, extent, in: store).contentIfThere() else { return nil }
    // A record of another form tells nothing, as one that was never written.
    return try? CanonicalJSON.decode(ColdTime.self, from: bytes)
  }

  /// Writes the record, if the store has computed all that the figure builds on since it was opened.
  func writeIfCold(of figure: String, _ extent: String, in store: RunStore) throws {
    guard let all = try store.runsWithFoundations(runs), !all.isEmpty,
      all.count == store.computedCount,
      try !all.contains(where: { try $0.cost?.isResumed != false })
    else { return }
    let file = Self.file(of: figure, extent, in: store)
    try AtomicFile.makeFolder(file.deletingLastPathComponent())
    try AtomicFile.write(try CanonicalJSON.encodeForReading(self), to: file)
  }

  private static func file(of figure: String, _ extent: String, in store: RunStore) -> URL {
    store.folder.appending(path: "costs/\(figure).\(extent).json")
  }
}
