import Foundation

/// A visible entry of a folder on disk, with the facts of what it links to, if it is a link.
///
/// Foundation's listing does not follow links, and its facts take a thousand times as long.
struct DirectoryEntry {
  enum Kind { case folder, file, other }

  let name: String
  let kind: Kind
  let size: Int
  let links: Int
  let identity: FileIdentity
  /// When the content changed, and when anything about the file did: nanoseconds since 1970.
  let dates: (modified: Int, changed: Int)

  /// The visible entries, sorted by the bytes of their names.
  ///
  /// - Throws: ``DataError`` if the folder cannot be read, or a name is not UTF-8.
  static func all(in path: String) throws -> [DirectoryEntry] {
    guard let directory = opendir(path) else { throw failure(path) }
    defer { closedir(directory) }
    var entries: [DirectoryEntry] = []
    while true {
      errno = 0
      guard let entry = readdir(directory) else {
        guard errno == 0 else { throw failure(path) }
        break
      }
      let bytes = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      if bytes.first == UInt8(ascii: ".") { continue }
      guard let name = String(validating: bytes, as: UTF8.self) else {
        throw DataError.unreadable(
          file: path + "/" + String(decoding: bytes, as: UTF8.self),
          reason: "its name is not UTF-8", remedy: "Rename the file, or unpack the data again")
      }
      var facts = stat()
      guard fstatat(dirfd(directory), bytes.map(CChar.init(bitPattern:)) + [0], &facts, 0) == 0
      else {
        // A link to nothing is nothing; whatever else cannot be asked is a failure.
        if errno == ENOENT { continue }
        throw failure(path + "/" + name)
      }
      entries.append(DirectoryEntry(name: name, facts))
    }
    return entries.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  /// The facts of a file or folder; nil if there is none.
  static func at(_ path: String) -> DirectoryEntry? {
    var facts = stat()
    guard stat(path, &facts) == 0 else { return nil }
    return DirectoryEntry(name: (path as NSString).lastPathComponent, facts)
  }

  /// What tells a folder from every other, whatever links lead to it.
  static func identity(of path: String) -> FileIdentity? { at(path)?.identity }

  private init(name: String, _ facts: stat) {
    self.name = name
    switch facts.st_mode & S_IFMT {
    case S_IFDIR: kind = .folder
    case S_IFREG: kind = .file
    default: kind = .other
    }
    size = Int(facts.st_size)
    links = Int(facts.st_nlink)
    identity = FileIdentity(
      device: UInt64(truncatingIfNeeded: facts.st_dev),
      number: UInt64(truncatingIfNeeded: facts.st_ino))
    #if canImport(Darwin)
      let (modified, changed) = (facts.st_mtimespec, facts.st_ctimespec)
    #else
      let (modified, changed) = (facts.st_mtim, facts.st_ctim)
    #endif
    dates = (
      modified.tv_sec * 1_000_000_000 + modified.tv_nsec,
      changed.tv_sec * 1_000_000_000 + changed.tv_nsec
    )
  }

  private static func failure(_ path: String) -> DataError {
    let reason = String(cString: strerror(errno))
    return errno == ENOENT
      ? .missing("The folder", place: path, remedy: "check its name")
      : .unreadable(file: path, reason: reason, remedy: "Check the folder and its permissions")
  }
}
