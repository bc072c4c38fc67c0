/// What is wrong with data on disk, or with what was asked of it; one sentence and a remedy.
public enum DataError: Error, Hashable, Sendable {
  /// A file or folder that should be there is not.
  case missing(String, place: String, remedy: String)
  /// A file is there, but its content is not what it should be.
  case unreadable(file: String, reason: String, remedy: String)
  /// An image has another size than its data set says.
  case wrongSize(file: String, found: String, expected: String)
  /// A class holds fewer drawings than one episode needs.
  case tooFewDrawings(className: String, group: String, found: Int, shots: Int, queries: Int)
  /// There are fewer classes than ways.
  case tooFewClasses(set: String, found: Int, ways: Int)
  /// A program that reads an archive is not installed.
  case toolMissing(String, remedy: String)
}

extension DataError: CustomStringConvertible {
  /// The message for the user.
  public var description: String {
    switch self {
    case .missing(let what, let place, let remedy):
      "\(what) not found in \(place): \(remedy)."
    case .unreadable(let file, let reason, let remedy):
      "\(file) cannot be read: \(reason). \(remedy)."
    case .wrongSize(let file, let found, let expected):
      "\(file) is \(found) pixels, not \(expected): this is not the original data set. "
        + "Use the official files, not resized copies."
    case .tooFewDrawings(let className, let group, let found, let shots, let queries):
      "Class \(className)\(group.isEmpty || className.hasPrefix(group) ? "" : " of \(group)") has "
        + "\(found) images, but \(shots) \(shots == 1 ? "shot" : "shots") and \(queries) "
        + "\(queries == 1 ? "query" : "queries") need \(shots + queries): "
        + "fetch the data again if files are missing, else ask for fewer shots or queries."
    case .tooFewClasses(let set, let found, let ways):
      "\(set) has \(found) classes, but \(ways) ways were asked for: ask for fewer ways."
    case .toolMissing(let tool, let remedy):
      "The program \(tool) is not installed: \(remedy)."
    }
  }
}
