import Foundation

/// A JSON file that carries the checksum of its content, so that damage is seen.
///
/// The file is itself JSON: `{"sha256":"…","content":…}`. One flipped bit, a lost end or a foreign
/// file make it invalid.
enum SealedFile {
  /// What a file holds.
  enum State: Equatable {
    /// There is no such file.
    case absent
    /// The content, as it was written.
    case intact(Data)
    /// There is something else, and this is wrong with it.
    case damaged(String)
  }

  /// Writes some JSON with its checksum.
  static func write(_ content: Data, to file: URL) throws(StorageError) {
    try AtomicFile.write(head(of: content) + content + tail, to: file)
  }

  /// The state of a file.
  static func state(of file: URL) -> State {
    guard let bytes = FileManager.default.contents(atPath: file.path) else {
      return FileManager.default.fileExists(atPath: file.path)
        ? .damaged("it cannot be read") : .absent
    }
    guard bytes.count > headCount + tail.count else { return .damaged("it is cut short") }
    let content = Data(bytes[headCount..<bytes.count - tail.count])
    guard head(of: content) + content + tail == bytes else {
      return .damaged("its content does not match its checksum")
    }
    return .intact(content)
  }

  private static func head(of content: Data) -> Data {
    Data("{\"sha256\":\"\(sha256(content))\",\"content\":".utf8)
  }

  private static let tail = Data("}\n".utf8)
  private static let headCount = head(of: Data()).count
}
