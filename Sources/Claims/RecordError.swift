/// Why a file that a program has written before cannot be read.
public struct RecordError: Error, Equatable, CustomStringConvertible {
  /// The file, what is wrong with it, and what to do.
  public let description: String

  init(_ description: String) { self.description = description }
}
