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
    try AtomicFile.write(sealed(content), to: file)
  }

  /// The state of a file.
  ///
  /// - Throws: ``StorageError`` if it cannot be read, which tells nothing of what it holds.
  static func state(of file: URL) throws(StorageError) -> State {
    guard let bytes = try file.contentIfThere() else { return .absent }
    guard bytes.count > headCount + tail.count else { return .damaged("it is cut short") }
    let content = Data(bytes[headCount..<bytes.count - tail.count])
    guard sealed(content) == bytes else {
      return .damaged("its content does not match its checksum")
    }
    return .intact(content)
  }

  /// Some JSON with its checksum.
  static func sealed(_ content: Data) -> Data { head(of: content) + content + tail }

  private static func head(of content: Data) -> Data {
    Data("{\"sha256\":\"\(sha256(content))\",\"content\":".utf8)
  }

  private static let tail = Data("}\n".utf8)
  private static let headCount = head(of: Data()).count
}
