import Foundation
import Synchronization
import TestSupport

@testable import Reproduction

/// A figure's command lines, with a folder for what they write.
final class CommandLine<F: Figure>: Sendable {
  private let temporary: TemporaryFolder
  private let complaints = Mutex("")

  init() throws {
    temporary = try TemporaryFolder()
  }

  var folder: URL { temporary.url }

  /// The exit code.
  func run(_ arguments: String..., output: String? = nil) async -> Int32 {
    complaints.withLock { $0 = "" }
    return await FigureCommand<F>.execute(
      arguments + ["--quiet", "--output", output ?? folder.path], write: { _ in },
      complain: { text in self.complaints.withLock { $0 += text } })
  }

  /// What the last command line has complained about.
  var errors: String { complaints.withLock { $0 } }

  /// A file of the figure.
  func file(_ suffix: String) throws -> Data {
    try Data(contentsOf: folder.appending(path: "figures/\(F.name).\(suffix)"))
  }
}
