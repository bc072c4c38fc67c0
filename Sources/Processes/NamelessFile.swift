import Foundation

/// A file without a name, for what another program prints.
///
/// Unlike a pipe it is never full, so that nobody has to empty it while the program runs, and it has
/// no end that a third program could hold open.
final class NamelessFile {
  let descriptor: Int32

  /// A new file in the folder for temporary ones, gone with its owner and the programs that have it.
  init() throws(ChildProcessError) {
    let name = "refigure-\(getpid())-\(UInt64.random(in: .min ... .max))"
    let path = FileManager.default.temporaryDirectory.appending(path: name).path
    descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw ChildProcessError("write", path, code: errno)
    }
    unlink(path)
  }

  deinit { close(descriptor) }

  /// All that has been written into it.
  func content() throws(ChildProcessError) -> Data {
    guard lseek(descriptor, 0, SEEK_SET) == 0 else {
      throw ChildProcessError("read", "what it printed", code: errno)
    }
    do {
      return try FileHandle(fileDescriptor: descriptor).readToEnd() ?? Data()
    } catch {
      throw ChildProcessError("read", "what it printed", code: errno)
    }
  }
}
