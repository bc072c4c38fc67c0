import Foundation
import Synchronization
import TestSupport

@testable import Reproduction

/// Runs a figure's command lines in a folder that goes away, and keeps what they print.
final class Session<F: Figure>: Sendable {
  private let temporary: TemporaryFolder
  private let texts = Mutex((output: "", errors: ""))

  init() throws {
    temporary = try TemporaryFolder()
  }

  var folder: URL { temporary.url }

  /// The exit code of a command line whose output goes into the folder.
  func run(_ arguments: String...) async -> Int32 {
    await runPlainly(arguments + ["--output", folder.path, "--quiet"])
  }

  func runPlainly(_ arguments: [String]) async -> Int32 {
    texts.withLock { $0 = ("", "") }
    return await FigureCommand<F>.execute(
      arguments, write: { text in self.texts.withLock { $0.output += text } },
      complain: { text in self.texts.withLock { $0.errors += text } })
  }

  /// What the last command line has printed.
  var output: String { texts.withLock { $0.output } }
  /// What the last command line has complained about.
  var errors: String { texts.withLock { $0.errors } }

  func file(_ name: String) throws -> Data {
    try Data(contentsOf: folder.appending(path: "figures/\(name)"))
  }

  /// The names of all files of figures.
  var files: [String] {
    let path = folder.appending(path: "figures").path
    return ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }

  /// How often experiments were really run.
  func timesRun() throws -> Int {
    let runs = folder.appending(path: "runs")
    return try FileManager.default.contentsOfDirectory(atPath: runs.path).reduce(0) { sum, run in
      let file = runs.appending(path: run).appending(path: "times")
      return sum + (FileManager.default.contents(atPath: file.path)?.count ?? 0) / 4
    }
  }
}
