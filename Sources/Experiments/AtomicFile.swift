import Foundation

/// Writing files so that each is there as a whole or not at all, whenever the process or the
/// machine stops.
public enum AtomicFile {
  /// Writes a file: into a temporary one beside it, flushed to the disk, then renamed.
  ///
  /// A failure leaves no temporary file and does not touch what was there before. What a process
  /// that was killed has left in the folder is deleted.
  public static func write(_ bytes: Data, to file: URL) throws(StorageError) {
    try write([(bytes, file)])
  }

  /// Writes several files that belong together: none gets its name before all are on the disk.
  public static func write(_ files: [(bytes: Data, file: URL)]) throws(StorageError) {
    let folders = Set(files.map { $0.file.deletingLastPathComponent() })
    for folder in folders { removeAbandoned(in: folder) }
    var temporaries: [TemporaryFile] = []
    for (bytes, file) in files {
      do throws(StorageError) {
        let temporary = try TemporaryFile(for: file)
        temporaries.append(temporary)
        try temporary.write(bytes)
      } catch {
        for temporary in temporaries { temporary.discard() }
        throw StorageError(error, writing: file)
      }
    }
    for ((_, file), temporary) in zip(files, temporaries) {
      do throws(StorageError) {
        try rename(temporary.url, to: file)
      } catch {
        for temporary in temporaries { temporary.discard() }
        throw StorageError(error, writing: file)
      }
    }
    for folder in folders { try flush(folder: folder) }
  }

  /// Makes a folder and those above it.
  public static func makeFolder(_ folder: URL) throws(StorageError) {
    var parents = [folder]
    var attempts = 0
    while mkdir(parents[parents.count - 1].path, 0o777) != 0 {
      let last = parents[parents.count - 1]
      let code = errno
      if code == EEXIST, isFolder(last) { break }
      let parent = last.deletingLastPathComponent()
      guard code == ENOENT, parent.path != last.path, attempts < 100 else {
        throw StorageError("create the folder", last.path, code: code)
      }
      // The parent may be there by now, made by somebody else in the meantime.
      if isFolder(parent) { attempts += 1 } else { parents.append(parent) }
    }
    for folder in parents.dropLast().reversed()
    where mkdir(folder.path, 0o777) != 0 && !(errno == EEXIST && isFolder(folder)) {
      throw StorageError("create the folder", folder.path, code: errno)
    }
  }

  /// Writes a new file and waits until the disk has it.
  static func writeAndFlush(_ bytes: Data, to file: URL) throws(StorageError) {
    let descriptor = open(file.path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw StorageError("write", file.path, code: errno) }
    let written: Result<Void, StorageError>
    do throws(StorageError) {
      written = .success(try writeAndFlush(bytes, to: descriptor, named: file))
    } catch {
      written = .failure(error)
    }
    let closing = close(descriptor) == 0 ? 0 : errno
    try written.get()
    guard closing == 0 else { throw StorageError("write", file.path, code: closing) }
  }

  /// Writes into an open file and waits until the disk has it.
  static func writeAndFlush(
    _ bytes: Data, to descriptor: Int32, named file: URL
  ) throws(StorageError) {
    let code = bytes.withUnsafeBytes { buffer -> Int32 in
      var rest = buffer[...]
      while !rest.isEmpty {
        let count = Foundation.write(
          descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if count >= 0 {
          rest = rest.dropFirst(count)
        } else if errno != EINTR {
          return errno
        }
      }
      return fsync(descriptor) == 0 ? 0 : errno
    }
    guard code == 0 else { throw StorageError("write", file.path, code: code) }
  }

  /// Renames a file or folder, replacing a file of that name.
  static func rename(_ source: URL, to destination: URL) throws(StorageError) {
    guard Foundation.rename(source.path, destination.path) == 0 else {
      throw StorageError("write", destination.path, code: errno)
    }
  }

  /// Waits until the disk has the names in a folder.
  static func flush(folder: URL) throws(StorageError) {
    let descriptor = open(folder.path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw StorageError("write into", folder.path, code: errno) }
    defer { close(descriptor) }
    // Some file systems cannot flush a folder and say EINVAL; there is nothing to wait for then.
    guard fsync(descriptor) == 0 || errno == EINVAL else {
      throw StorageError("write into", folder.path, code: errno)
    }
  }

  /// Deletes everything temporary in a folder that only its owner writes into; the owner calls it.
  static func removeLeftovers(in folder: URL) {
    // What cannot be deleted takes space and nothing else.
    for url in temporaries(in: folder) { try? FileManager.default.removeItem(at: url) }
  }

  /// The temporary files in a folder that nobody is writing: their process was killed.
  package static func abandoned(in folder: URL) -> [URL] {
    temporaries(in: folder).filter { TemporaryFile.ifAbandoned($0) {} }
  }

  /// Deletes the temporary files in a folder that nobody is writing.
  package static func removeAbandoned(in folder: URL) {
    for url in temporaries(in: folder) { TemporaryFile.ifAbandoned(url) { unlink(url.path) } }
  }

  private static func temporaries(in folder: URL) -> [URL] {
    // Tidying is not what the folder was opened for; who writes into it hears what is wrong.
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter(TemporaryFile.isTemporary).sorted().map { folder.appending(path: $0) }
  }

  /// Renames a damaged file or folder to a free name beside it and returns that name.
  static func moveAside(_ file: URL) throws(StorageError) -> String {
    var number = 1
    var aside = file.appendingPathExtension("damaged-\(number)")
    while FileManager.default.fileExists(atPath: aside.path) {
      number += 1
      aside = file.appendingPathExtension("damaged-\(number)")
    }
    try rename(file, to: aside)
    return aside.lastPathComponent
  }

  private static func isFolder(_ url: URL) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
      && isFolder.boolValue
  }
}

extension StorageError {
  /// The same failure, told of the file that was wanted rather than of its temporary one.
  init(_ error: StorageError, writing file: URL) {
    action = error.action
    path = file.path
    reason = error.reason
    remedy = error.remedy
  }
}
