import Foundation

extension URL {
  /// The names in a folder, in no order; none if there is no such folder.
  ///
  /// - Throws: ``StorageError`` if there is one that cannot be read, which is not the same as none.
  package func namesInFolder() throws(StorageError) -> [String] {
    guard let stream = opendir(path) else {
      let code = errno
      if code == ENOENT, try !isThere() { return [] }
      throw StorageError("read", path, code: code)
    }
    closedir(stream)
    do {
      return try FileManager.default.contentsOfDirectory(atPath: path)
    } catch {
      throw StorageError("read", path, code: EIO)
    }
  }
}
