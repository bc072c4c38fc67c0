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
  private static let bound = "theorem1-variance-bound"
  /// Command lines that print something and end with 0.
  private static let commands = [
    "refigure --help", "refigure --version", "refigure data \(picture)",
    "refigure explain \(picture)", "refigure gc --output $T", "refigure doctor --output $T",
    "refigure plan \(bound) --output $T", "refigure plan \(bound) --json --output $T",
    "refigure plan \(bound) --budget smoke --emit tasks --output $T",
    "refigure run \(bound) --budget smoke --quiet --output $T",
    "fig5-coherence --help", "fig5-coherence --describe", "fig5-coherence --list-runs --output $T",
    "fig5-coherence --judge Data/results/fig5-coherence.json",
    "fig5-coherence --render Data/results/fig5-coherence.json --output $T",
    "\(bound) --budget smoke --quiet --output $T",
    "\(bound) --list-runs --budget smoke --output $T",
    "\(bound) --run 0 --budget smoke --quiet --output $T",
  ]
  /// Those that take seconds.
  private static let longCommands = [
    "refigure claims", "refigure reproduce --check", "refigure check \(bound)",
    "small/refigure gc --unneeded --output $T", "small/refigure report --output $T",
    "small/refigure bundle --date 2026-11-26 $T/bundle",
  ]
  /// Command lines that print something and end with 1, and that print nothing.
  private static let differing =
    "refigure diff Data/golden/fig5-coherence.json Data/golden/\(bound).json"
  private static let silent = "refigure diff \(picture) \(picture)"

  /// What comes of a command line; `small/` is a suite with one figure, of which a report is short.
  private func run(_ command: String, _ redirection: String) throws -> Child.Answer {
    let suite = try FakeSuite()
    let data = try DataFolder.located().url
    var (place, programs) = (data.deletingLastPathComponent(), FigureExecutable.executableFolder)
    var command = command
    if command.hasPrefix("small/") {
      command.removeFirst("small/".count)
      (place, programs) = (suite.folder.url, suite.folder.url)
      try suite.addReal(Self.bound)
      let own = suite.folder.url.appending(path: "Data")
      try AtomicFile.makeFolder(own.appending(path: "results"))
      for name in ["papers", "results/\(Self.bound).json"] {
        try FileManager.default.copyItem(
          at: data.appending(path: name), to: own.appending(path: name))
      }
    }
    return try Child.output(
      of: URL(filePath: "/bin/sh"),
      [
        "-c",
        "cd '\(place.path)'; T='\(suite.folder.url.path)/out'; "
          + "'\(programs.path)'/\(command) \(redirection)",
      ], complaints: .collected)
  }

  @Test(arguments: commands + [differing], [">/dev/full", ">&-"])
  func whatCannotBePrintedIsAnError(command: String, redirection: String) throws {
    let answer = try run(command, redirection)
    #expect(answer.code == 1)
    #expect(answer.complaints.contains("cannot write the standard output"))
  }

  @Test(arguments: commands + [silent], ["</dev/full 2>/dev/full", "<&-", "2>&-"])
  func theOtherDescriptorsChangeNothing(command: String, redirection: String) throws {
    let answer = try run(command, redirection)
    #expect(answer.code == 0, "\(answer.complaints)")
  }

  @Test(arguments: commands, ["<&- >&- 2>&-"])
  func withoutAnyDescriptorTheExitCodeIsTrue(command: String, redirection: String) throws {
    #expect(try run(command, redirection).code == 1)
    #expect(try run(Self.silent, redirection).code == 0)
  }

  @Test(
    arguments: longCommands,
    [
      (">/dev/full", 1), (">&-", 1), ("<&- 2>&-", 0), ("</dev/full 2>/dev/full", 0),
    ])
  func longCommandsDoAsTheOthersDo(command: String, answered: (redirection: String, code: Int))
    throws
  {
    let answer = try run(command, answered.redirection)
    #expect(answer.code == answered.code, "\(answer.complaints)")
  }

  @Test(arguments: ["refigure explain /nowhere", "fig5-coherence --judge /nowhere"], ["", "2>&-"])
  func errorsStayErrors(command: String, redirection: String) throws {
    #expect(try run(command, redirection).code == 1)
  }

  /// What `ulimit` takes away is said at once, by the tool as by figures; nothing waits for ever.
  @Test(arguments: ["-v 300000", "-s 128"], ["refigure --help", "\(bound) --describe"])
  func tooLittleIsSaidAtOnce(limit: String, command: String) throws {
    let answer = try Child.output(
      of: URL(filePath: "/bin/bash"),
      [
        "-c",
        "ulimit \(limit) && exec timeout 120 '\(FigureExecutable.executableFolder.path)'/\(command)",
      ], complaints: .collected)
    #expect(answer.code == 1)
    #expect(answer.complaints.contains("ulimit"))
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
