import Foundation

extension RunStore {
  /// Where runs go that nobody needs, until the trash is emptied; laid out as the store is.
  package var trash: URL { folder.appending(path: "trash", directoryHint: .isDirectory) }

  /// Moves a run and the record of its cost to the trash, unless somebody is running it.
  ///
  /// - Returns: Whether it is there.
  package func moveToTrashIfIdle(_ key: RunKey) throws -> Bool {
    guard let claim = try RunLock.attempt(folder(of: key).appending(path: Self.claimName)) else {
      return false
    }
    defer { claim.release() }
    try moveToTrash(folder(of: key))
    if try costFile(of: key).isThere() { try moveToTrash(costFile(of: key)) }
    return true
  }

  /// Moves something in the store to the trash; nothing may lie there under its name.
  package func moveToTrash(_ file: URL) throws(StorageError) {
    let path = file.standardizedFileURL.path.dropFirst(folder.path.count)
    let place = trash.appending(path: String(path))
    try AtomicFile.makeFolder(place.deletingLastPathComponent())
    try AtomicFile.rename(file, to: place)
  }

  /// Deletes what is in the trash.
  ///
  /// - Returns: The bytes of its files.
  package func emptyTrash() throws(StorageError) -> Int {
    let names = try trash.namesInFolder()
    guard !names.isEmpty else { return 0 }
    let size = trash.sizeOfFiles
    do {
      try FileManager.default.removeItem(at: trash)
    } catch {
      throw StorageError("delete", trash.path, code: errno)
    }
    return size
  }
}

extension URL {
  /// The bytes of a file, or of all files in a folder, for people; what vanishes meanwhile counts
  /// nothing.
  package var sizeOfFiles: Int {
    let below = FileManager.default.enumerator(at: self, includingPropertiesForKeys: nil)
    let files = [self] + (below?.compactMap { $0 as? URL } ?? [])
    return files.reduce(0) { sum, file in
      var status = stat()
      let isFile = lstat(file.path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
      return sum + (isFile ? Int(status.st_size) : 0)
    }
  }
}
