import Experiments
import Foundation

/// One line of the answer to `--list-runs`.
struct RunListing {
  private let fields: Fields
  private let description: String

  init(_ run: PlannedRun, index: Int, isStored: Bool) {
    fields = Fields(
      index: index, key: run.key, stored: isStored, estimatedSeconds: run.estimatedSeconds)
    description = run.description
  }

  /// The line: JSON, the run's description within it.
  var line: String {
    get throws {
      // The description is JSON already; encoded as a string it would be unreadable.
      let fields = try CanonicalJSON.encode(fields)
      return String(decoding: fields, as: UTF8.self).dropLast()
        + ",\"description\":\(description)}\n"
    }
  }

  private struct Fields: Encodable {
    var index: Int
    var key: RunKey
    var stored: Bool
    /// Left out if nobody knows.
    var estimatedSeconds: Double?
  }
}
