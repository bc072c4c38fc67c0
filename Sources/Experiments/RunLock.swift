import Foundation

/// A process's claim on a run: while it holds, nobody else does the same run.
///
/// It is a lock of the system on a file (`flock`), which ends with the process, however it ends.
/// Two tasks of one process open the file separately and so exclude each other as well.
final class RunLock: Sendable {
  private let descriptor: Int32

  private init(descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  /// Ends the claim.
  func release() { flock(descriptor, LOCK_UN) }

  /// Waits for the claim; `whenBusy` is called once if somebody else has it.
  static func acquire(_ file: URL, whenBusy: () -> Void) async throws -> RunLock {
    var wait = Duration.milliseconds(5)
    var isFirst = true
    while true {
      if let lock = try attempt(file) { return lock }
      if isFirst { whenBusy() }
      isFirst = false
      try await Task.sleep(for: wait)
      wait = min(wait * 2, .milliseconds(500))
    }
  }

  /// Whether somebody has the claim on a run; nothing is made or kept for the answer.
  static func isHeld(_ file: URL) -> Bool {
    let descriptor = open(file.path, O_RDONLY | O_CLOEXEC)
    // A run that has no file for claims, or none that could be read, is not claimed from here.
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
  }

  /// The claim, or nothing if somebody else has it.
  static func attempt(_ file: URL) throws(StorageError) -> RunLock? {
    let descriptor = open(file.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw StorageError("lock", file.path, code: errno) }
    let lock = RunLock(descriptor: descriptor)
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      if errno == EWOULDBLOCK { return nil }
      guard errno == EINTR else { throw StorageError("lock", file.path, code: errno) }
    }
    // A file that was deleted meanwhile locks nothing that others can see.
    var held = stat()
    var named = stat()
    guard fstat(descriptor, &held) == 0, stat(file.path, &named) == 0,
      held.st_ino == named.st_ino, held.st_dev == named.st_dev
    else { return nil }
    return lock
  }
}
