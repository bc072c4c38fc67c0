import Foundation

/// A file without a name, for what another program prints.
///
/// Unlike a pipe it is never full, so that nobody has to empty it while the program runs, and it has
/// no end that a third program could hold open.
final class NamelessFile {
  let descriptor: Int32
  private let folder = FileManager.default.temporaryDirectory

  /// A new file in the folder for temporary ones, gone with its owner and the programs that have it.
  init() throws(ChildProcessError) {
    let name = "refigure-\(getpid())-\(UInt64.random(in: .min ... .max))"
    let path = folder.appending(path: name).path
    descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      if [ENOSPC, EDQUOT].contains(errno) { throw ChildProcessError(noSpaceIn: folder) }
      throw ChildProcessError("write", path, code: errno)
    }
    unlink(path)
  }

  deinit { close(descriptor) }

  /// Throws if nothing more could have been written, so that the file may lack its end.
  func checkSpace() throws(ChildProcessError) {
    let end = lseek(descriptor, 0, SEEK_END)
    // The last block may have room left although no other one could be had.
    let block = off_t(1 << 12)
    var byte: UInt8 = 0
    while pwrite(descriptor, &byte, 1, (end + block - 1) / block * block) != 1 {
      if [ENOSPC, EDQUOT].contains(errno) { throw ChildProcessError(noSpaceIn: folder) }
      guard errno == EINTR else { throw ChildProcessError("write into", folder.path, code: errno) }
    }
    ftruncate(descriptor, end)
  }

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
