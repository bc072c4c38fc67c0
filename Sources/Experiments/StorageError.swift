import Foundation

/// A file or folder that could not be used, why, and what to do about it.
public struct StorageError: Error, Equatable {
  /// What was tried: `write`, `read`, `create`, `lock`.
  public let action: String
  /// The file or folder.
  public let path: String
  /// The system's reason: `No space left on device`.
  public let reason: String
  /// What the user can do.
  public let remedy: String

  /// An error of the file system, by the code that the system gave.
  init(_ action: String, _ path: String, code: Int32) {
    self.action = action
    self.path = path
    reason = String(cString: strerror(code))
    remedy =
      switch code {
      case ENOSPC, EDQUOT, EFBIG: "free some space, or choose another folder with --output"
      case EACCES, EPERM, EROFS: "make it writable, or choose another folder with --output"
      case ENOTDIR, EEXIST: "a file is in the way: move it, or choose another folder with --output"
      case EMFILE, ENFILE: "raise the limit of open files with ulimit -n"
      default: "choose another folder with --output"
      }
  }
}

extension StorageError: CustomStringConvertible {
  /// The message for the user, on one line.
  public var description: String { "cannot \(action) \(path): \(reason); \(remedy)" }
}
