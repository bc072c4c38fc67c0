import Experiments
import Claims
import Foundation
import Reproduction
import TestSupport
import Testing

@testable import Refigure

/// Exit codes are true even if a standard descriptor is closed or its disk is full.
struct StandardDescriptorTests {
  private static let picture = "Documentation/fig5-coherence.png"
  /// Command lines that print something and end with 0.
  private static let commands = [
    "refigure --help", "refigure --version", "refigure data \(picture)",
    "refigure explain \(picture)", "refigure diff \(picture) \(picture) --most 1",
    "refigure claims", "refigure gc --output $T", "refigure doctor --output $T",
    "refigure plan theorem1-variance-bound --output $T", "refigure reproduce --check",
    "fig5-coherence --help", "fig5-coherence --describe", "fig5-coherence --list-runs --output $T",
    "fig5-coherence --judge Data/results/fig5-coherence.json",
    "theorem1-variance-bound --budget smoke --quiet --output $T",
    "refigure run theorem1-variance-bound --budget smoke --quiet --output $T",
  ]

  private func run(_ command: String, _ redirection: String) throws -> Child.Answer {
    let folder = try TemporaryFolder()
    let root = try DataFolder.located().url.deletingLastPathComponent()
    return try Child.output(
      of: URL(filePath: "/bin/sh"),
      [
        "-c",
        "cd '\(root.path)'; T='\(folder.url.path)'; "
          + "'\(FigureExecutable.executableFolder.path)'/\(command) \(redirection)",
      ], complaints: .collected)
  }

  @Test(arguments: commands, [">/dev/full", ">&-"])
  func whatCannotBePrintedIsAnError(command: String, redirection: String) throws {
    guard !command.contains("diff") else { return }
    let answer = try run(command, redirection)
    #expect(answer.code == 1)
    #expect(answer.complaints.contains("cannot write the standard output"))
  }

  @Test(arguments: commands, ["</dev/full", "<&-", "2>/dev/full", "2>&-"])
  func theOtherDescriptorsChangeNothing(command: String, redirection: String) throws {
    let answer = try run(command, redirection)
    #expect(answer.code == 0, "\(answer.complaints)")
  }

  @Test(arguments: ["refigure explain /nowhere", "fig5-coherence --judge /nowhere"], ["", "2>&-"])
  func errorsStayErrors(command: String, redirection: String) throws {
    #expect(try run(command, redirection).code == 1)
  }

  /// Who has read enough is told nothing more, whether the signal is ignored or not.
  @Test(arguments: ["", "trap '' PIPE; "])
  func aClosedPipeIsQuiet(trap: String) throws {
    let root = try DataFolder.located().url.deletingLastPathComponent()
    let tool = FigureExecutable.executableFolder.appending(path: "refigure").path
    let answer = try Child.output(
      of: URL(filePath: "/bin/sh"),
      [
        "-c",
        "cd '\(root.path)'; \(trap){ sleep 0.3; '\(tool)' data \(Self.picture); echo $? >&2; } | :",
      ], complaints: .collected)
    #expect(answer.complaints == "141\n")
  }
}
