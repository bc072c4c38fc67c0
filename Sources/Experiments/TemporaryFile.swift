import Foundation

/// A file under a hidden name beside the one that it will be, locked while somebody is writing it.
///
/// The lock is the system's (`flock`) and ends with the process, however it ends: a temporary file
/// that nobody has locked is what a killed process has left, on whatever machine that was.
final class TemporaryFile: Sendable {
  let url: URL
  private let descriptor: Int32

  /// A new file, empty and locked, beside the one that it is for.
  init(for file: URL) throws(StorageError) {
    let folder = file.deletingLastPathComponent()
    while true {
      let url = folder.appending(path: Self.name(for: file.lastPathComponent))
      let descriptor = open(url.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      guard descriptor >= 0 else { throw StorageError("write", file.path, code: errno) }
      if Self.lock(descriptor, named: url) {
        (self.url, self.descriptor) = (url, descriptor)
        return
      }
      // Somebody took it for abandoned before it was locked, and is deleting it.
      close(descriptor)
    }
  }

  /// Leaves the file as it is, unlocked.
  deinit { close(descriptor) }

  /// Writes into the file and waits until the disk has it.
  func write(_ bytes: Data) throws(StorageError) {
    try AtomicFile.writeAndFlush(bytes, to: descriptor, named: url)
  }

  /// Deletes the file, if it has not been renamed.
  func discard() { unlink(url.path) }

  /// A hidden name that no other process uses.
  static func name(for name: String) -> String {
    ".\(name).\(getpid())-\(UInt32.random(in: .min ... .max)).tmp"
  }

  /// Whether a name is one of ours.
  static func isTemporary(_ name: String) -> Bool {
    // Folders have thousands of names, and the pattern takes its time.
    name.utf8.first == UInt8(ascii: ".") && name.hasSuffix(".tmp")
      && name.wholeMatch(of: /\..+\.[0-9]+-[0-9]+\.tmp/) != nil
  }

  /// Does something about a temporary file if nobody is writing it; whether that was so.
  @discardableResult
  static func ifAbandoned(_ url: URL, _ body: () -> Void) -> Bool {
    let descriptor = open(url.path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    guard lock(descriptor, named: url) else { return false }
    body()
    return true
  }

  /// Locks a file, unless somebody else has; it must still be there under its name.
  private static func lock(_ descriptor: Int32, named url: URL) -> Bool {
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 { guard errno == EINTR else { return false } }
    var held = stat()
    var named = stat()
    return fstat(descriptor, &held) == 0 && stat(url.path, &named) == 0
      && held.st_mode & S_IFMT == S_IFREG && held.st_ino == named.st_ino
      && held.st_dev == named.st_dev
  }
}
