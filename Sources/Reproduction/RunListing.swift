import Experiments
import Foundation

/// One line of the answer to `--list-runs`.
package struct RunListing: Sendable {
  /// What a line says beside the description.
  private struct Fields: Codable, Sendable {
    var index: Int
    var key: RunKey
    var stored: Bool
    /// Left out if the figure reads it, and it is not only what others build on.
    var isRead: Bool?
    /// Left out if all of it is asked for.
    var lastEpoch: Int?
    /// Left out if it builds on none.
    var foundations: [RunKey]?
    /// Left out if nobody knows.
    var estimatedSeconds: Double?
    /// Left out if nobody knows.
    var estimatedBytes: Int?
  }

  private let fields: Fields
  /// What would be run, in canonical JSON.
  package let description: String

  init(_ run: PlannedRun, index: Int, isStored: Bool, isRead: Bool = true) {
    fields = Fields(
      index: index, key: run.key, stored: isStored, isRead: isRead ? nil : false,
      lastEpoch: run.lastEpoch,
      foundations: run.foundations.isEmpty ? nil : run.foundations,
      estimatedSeconds: run.estimatedSeconds, estimatedBytes: run.estimatedBytes)
    description = run.description
  }

  /// The listing in a line, or nothing if there is none.
  package init?(line: String) {
    // The fields come first, and none of them holds this text.
    guard let cut = line.firstRange(of: Self.separator), line.last == "}",
      let fields = try? CanonicalJSON.decode(
        Fields.self, from: Data((line[..<cut.lowerBound] + "}").utf8))
    else { return nil }
    self.fields = fields
    description = String(line[cut.upperBound...].dropLast())
  }

  /// The run's name.
  package var key: RunKey { fields.key }
  /// Whether what is asked for is stored: its outcome, or its checkpoint of ``lastEpoch``.
  package var isStored: Bool { fields.stored }
  /// Whether the figure reads its outcome; what others build on need not be read.
  package var isRead: Bool { fields.isRead ?? true }
  /// The epoch after which nobody asks for more of it, if it need not go on to its end.
  package var lastEpoch: Int? { fields.lastEpoch }
  /// `meta-training-0123456789abcdef`, and `to epoch 4` where that is all that is asked for.
  package var title: String { PlannedRun.title(of: key, lastEpoch: lastEpoch) }
  /// The runs that it builds on, as far as they are known beforehand.
  package var foundations: [RunKey] { fields.foundations ?? [] }
  /// The seconds it is likely to take on one core, if anyone knows.
  package var estimatedSeconds: Double? { fields.estimatedSeconds }
  /// The memory it is likely to hold on one core, if anyone knows.
  package var estimatedBytes: Int? { fields.estimatedBytes }

  /// The line: JSON, the run's description within it.
  var line: String {
    get throws {
      // The description is JSON already; encoded as a string it would be unreadable.
      let fields = try CanonicalJSON.encode(fields)
      return String(decoding: fields, as: UTF8.self).dropLast()
        + Self.separator + description + "}\n"
    }
  }

  private static let separator = ",\"description\":"
}

/// The answer to `--list-runs` where the data are not here: a line in place of the runs.
package struct DataAbsenceLine: Codable, Equatable, Sendable {
  /// What is missing where, and what to do.
  package var dataAbsent: String

  init(dataAbsent: String) { self.dataAbsent = dataAbsent }

  /// The line that is all of an answer, or nothing if the answer is another.
  package init?(_ answer: String) {
    // What cannot be decoded is another answer, and is treated as one.
    guard let line = try? CanonicalJSON.decode(Self.self, from: Data(answer.utf8)) else {
      return nil
    }
    self = line
  }

  /// The line.
  var line: String {
    get throws { String(decoding: try CanonicalJSON.encode(self), as: UTF8.self) + "\n" }
  }
}
