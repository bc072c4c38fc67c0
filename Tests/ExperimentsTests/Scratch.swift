@testable import Experiments
import Foundation
import Synchronization
import TestSupport

/// A temporary folder that goes away with the test, and a store in it that notes its warnings.
final class Scratch: Sendable {
  private let temporary: TemporaryFolder
  let store: RunStore
  private let messages: Messages

  init(_ name: String = "runs") throws {
    temporary = try TemporaryFolder()
    let messages = Messages()
    self.messages = messages
    store = RunStore(folder: temporary.url.appending(path: name), progress: messages.reporter)
  }

  var folder: URL { temporary.url }

  var warnings: [String] { messages.lines.filter { $0.hasPrefix("warning:") } }

  func folder(of experiment: some Experiment) throws -> URL {
    store.folder(of: try RunKey(of: experiment))
  }

  /// All files below a folder by their paths, with their bytes.
  static func files(in folder: URL) throws -> [String: Data] {
    var files: [String: Data] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
      files[path] = FileManager.default.contents(atPath: folder.appending(path: path).path)
    }
    return files
  }
}

/// What a reporter has written.
final class Messages: Sendable {
  private let text = Mutex("")
  private let clock = Mutex(Duration.zero)

  var lines: [String] { text.withLock { $0.split(separator: "\n").map(String.init) } }
  var all: String { text.withLock { $0 } }
  var reporter: ProgressReporter { reporter(.log) }

  func pass(_ time: Duration) { clock.withLock { $0 += time } }

  func reporter(_ style: ProgressReporter.Style) -> ProgressReporter {
    ProgressReporter(
      style: style, write: { line in self.text.withLock { $0 += line } },
      now: { self.clock.withLock { $0 } })
  }
}
