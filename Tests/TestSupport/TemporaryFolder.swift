import Foundation

/// A folder that goes with its owner, or with the process at the latest.
///
/// What still writes into it when its owner is gone makes it anew; all folders of a process lie in
/// one, which goes when the process ends. One of a process that was killed goes when the next
/// process makes its own.
package final class TemporaryFolder: Sendable {
  package let url: URL

  package init() throws {
    url = try Self.shared.get().appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// Writes a file, and the folders that its name has.
  package func write(_ bytes: [UInt8], to name: String) throws {
    let file = url.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
  }

  private static let shared = Result {
    removeThoseOfTheDead()
    try FileManager.default.createDirectory(at: ofThisProcess, withIntermediateDirectories: true)
    atexit { try? FileManager.default.removeItem(at: TemporaryFolder.ofThisProcess) }
    return ofThisProcess
  }

  private static let prefix = "refigure-tests-"

  private static var ofThisProcess: URL {
    FileManager.default.temporaryDirectory.appending(path: "\(prefix)\(getpid())")
  }

  private static func removeThoseOfTheDead() {
    let all = FileManager.default.temporaryDirectory
    for name in (try? FileManager.default.contentsOfDirectory(atPath: all.path)) ?? [] {
      guard name.hasPrefix(prefix), let process = Int32(name.dropFirst(prefix.count)),
        kill(process, 0) != 0, errno == ESRCH
      else { continue }
      try? FileManager.default.removeItem(at: all.appending(path: name))
    }
  }
}
