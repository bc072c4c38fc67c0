/// Why a landscape cannot be measured.
public enum LandscapeError: Error, Hashable, Sendable {
  /// The inner loop has led to weights or losses that are no numbers.
  case notFinite(episode: Int)
}

extension LandscapeError: CustomStringConvertible {
  /// The message for the user, on one line.
  public var description: String {
    switch self {
    case .notFinite(let episode):
      "the adaptation to test episode \(episode) has diverged, so nothing can be measured at its "
        + "end: lower the inner learning rate"
    }
  }
}
