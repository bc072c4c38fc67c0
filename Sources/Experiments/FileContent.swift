import Foundation

extension URL {
  /// The bytes of a file; nothing if there is none.
  ///
  /// - Throws: ``StorageError`` if it is there and cannot be read, which is never the same as its not
  ///   being there. A link that leads nowhere is there.
  package func contentIfThere() throws(StorageError) -> Data? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      let code = errno
      if code == ENOENT, try !isThere() { return nil }
      throw StorageError("read", path, code: code)
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw StorageError("read", path, code: errno) }
    var bytes = Data(count: Int(status.st_size) + 1)
    var filled = 0
    while true {
      let count = bytes.withUnsafeMutableBytes {
        read(
          descriptor, UnsafeMutableRawBufferPointer(rebasing: $0[filled...]).baseAddress,
          $0.count - filled)
      }
      guard count >= 0 || errno == EINTR else { throw StorageError("read", path, code: errno) }
      if count == 0 { return bytes.prefix(filled) }
      filled += max(count, 0)
      if filled == bytes.count { bytes.count *= 2 }
    }
  }

  /// Whether there is a file, a folder or a link of this name.
  ///
  /// - Throws: ``StorageError`` if that cannot be found out.
  package func isThere() throws(StorageError) -> Bool {
    var status = stat()
    if lstat(path, &status) == 0 { return true }
    guard errno == ENOENT else { throw StorageError("look for", path, code: errno) }
    return false
  }
}
