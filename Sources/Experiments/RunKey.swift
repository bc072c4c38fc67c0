import Foundation

/// The name of a run: the experiment's name and a digest of its description.
///
/// The digest is the beginning of the SHA-256 of the canonical JSON of the engine's version, the
/// experiment's name, its version and its settings.
public struct RunKey: Hashable, Sendable {
  /// The kind of experiment.
  public let name: String
  /// The first 16 hexadecimal digits of the description's SHA-256.
  public let digest: String

  /// The key of an experiment.
  public init<E: Experiment>(of experiment: E) throws {
    try self.init(of: experiment, describedBy: Self.description(of: experiment))
  }

  /// The key of an experiment whose description is known.
  init<E: Experiment>(of experiment: E, describedBy description: Data) throws {
    self.init(name: E.name, description: description)
  }

  /// The key written as `name-digest`, or nothing if the text is no key.
  public init?(_ text: String) {
    guard let hyphen = text.lastIndex(of: "-") else { return nil }
    name = String(text[..<hyphen])
    digest = String(text[text.index(after: hyphen)...])
    guard Self.isValid(name: name), digest.utf8.count == 16,
      digest.utf8.allSatisfy("0123456789abcdef".utf8.contains)
    else { return nil }
  }

  init(name: String, description: Data) {
    precondition(
      Self.isValid(name: name),
      "an experiment is named in lower-case letters, digits and hyphens, not “\(name)”")
    self.name = name
    digest = String(sha256(description).prefix(16))
  }

  /// The canonical JSON of everything a run depends on.
  static func description<E: Experiment>(of experiment: E) throws -> Data {
    try CanonicalJSON.encode(
      Description(
        engine: EngineVersion.current, name: E.name, settings: experiment, version: E.version))
  }

  private static func isValid(name: String) -> Bool {
    !name.isEmpty && name.utf8.allSatisfy("abcdefghijklmnopqrstuvwxyz0123456789-".utf8.contains)
  }

  private struct Description<Settings: Encodable>: Encodable {
    let engine: Int
    let name: String
    let settings: Settings
    let version: Int
  }
}

extension RunKey: CustomStringConvertible {
  /// The name of the run's folder.
  public var description: String { "\(name)-\(digest)" }
}

extension RunKey: Codable {
  /// The key in a JSON string.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let key = RunKey(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "no key of a run")
    }
    self = key
  }

  /// Writes the key as a string.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

extension RunKey: Comparable {
  /// Whether a key is listed before another.
  public static func < (left: RunKey, right: RunKey) -> Bool {
    (left.name, left.digest) < (right.name, right.digest)
  }
}
