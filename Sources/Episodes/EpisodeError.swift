/// Why episodes of a form cannot be drawn from images; one sentence and a remedy.
public enum EpisodeError: Error, Hashable, Sendable {
  /// A class holds fewer drawings than one episode needs.
  case tooFewDrawings(className: String, group: String, found: Int, shots: Int, queries: Int)
  /// There are fewer classes than ways.
  case tooFewClasses(set: String, found: Int, ways: Int)
}

extension EpisodeError: CustomStringConvertible {
  /// The message for the user.
  public var description: String {
    switch self {
    case .tooFewDrawings(let className, let group, let found, let shots, let queries):
      "Class \(className)\(group.isEmpty || className.hasPrefix(group) ? "" : " of \(group)") has "
        + "\(found) images, but \(shots) \(shots == 1 ? "shot" : "shots") and \(queries) "
        + "\(queries == 1 ? "query" : "queries") need \(shots + queries): "
        + "fetch the data again if files are missing, else ask for fewer shots or queries."
    case .tooFewClasses(let set, let found, let ways):
      "\(set) has \(found) classes, but \(ways) ways were asked for: ask for fewer ways."
    }
  }
}
