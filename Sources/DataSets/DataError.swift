/// What is wrong with data on disk, or with what was asked of it; one sentence and a remedy.
public enum DataError: Error, Hashable, Sendable {
  /// Nothing of a data set is below a folder.
  case absent(String, place: String, remedy: String)
  /// A file or folder that should be there is not.
  case missing(String, place: String, remedy: String)
  /// A file is there, but its content is not what it should be.
  case unreadable(file: String, reason: String, remedy: String)
  /// An image has another size than its data set says.
  case wrongSize(file: String, found: String, expected: String)
}

extension DataError: CustomStringConvertible {
  /// The message for the user.
  public var description: String {
    switch self {
    case .absent(let what, let place, let remedy), .missing(let what, let place, let remedy):
      "\(what) not found in \(place): \(remedy)."
    case .unreadable(let file, let reason, let remedy):
      "\(file) cannot be read: \(reason). \(remedy)."
    case .wrongSize(let file, let found, let expected):
      "\(file) is \(found) pixels, not \(expected): this is not the original data set. "
        + "Use the official files, not resized copies."
    }
  }
}
