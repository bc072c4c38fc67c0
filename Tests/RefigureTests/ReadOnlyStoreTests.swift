import Claims
import Experiments
import Foundation
import Reproduction
import TestSupport
import Testing

@testable import Refigure

/// A store that may be read and not written: what needs no writing works, everything else says what to do.
struct ReadOnlyStoreTests {
  private static let bound = "theorem1-variance-bound"

  /// What comes of a command line of one who may not write into folders that are not writable, as
  /// root may.
  private func run(_ command: String, in folder: URL) throws -> Child.Answer {
    let unprivileged =
      getuid() == 0 ? "setpriv --bounding-set=-dac_override --inh-caps=-dac_override" : ""
    let root = try DataFolder.located().url.deletingLastPathComponent().path
    let tools = FigureExecutable.executableFolder.path
    return try Child.output(
      of: URL(filePath: "/bin/sh"),
      ["-c", "cd '\(root)'; T='\(folder.path)'; exec \(unprivileged) '\(tools)'/\(command)"],
      complaints: .collected)
  }

  private func setWritable(_ isWritable: Bool, _ folder: URL) throws {
    _ = try Child.output(
      of: URL(filePath: "/bin/chmod"), ["-R", isWritable ? "u+w" : "a-w", folder.path])
  }

  @Test func whatIsThereIsReadAndNothingIsChanged() throws {
    let temporary = try TemporaryFolder()
    let store = temporary.url.appending(path: "out")
    let make = "\(Self.bound) --budget smoke --quiet --output"
    #expect(try run("\(make) \"$T\"", in: store).code == 0)
    try setWritable(false, store)
    defer { try? setWritable(true, store) }
    for question in [
      "refigure plan \(Self.bound) --budget smoke --output \"$T\"",
      "\(Self.bound) --budget smoke --list-runs --output \"$T\"",
      "refigure gc --output \"$T\"",
    ] {
      let answer = try run(question, in: store)
      #expect(answer.code == 0, "\(question): \(answer.complaints)")
    }
    // A run that is stored is handed out; a picture has no place.
    #expect(
      try run("\(Self.bound) --run 0 --budget smoke --quiet --output \"$T\"", in: store).code == 0)
    let drawn = try run("\(make) \"$T\"", in: store)
    #expect(drawn.code == 1)
    #expect(drawn.complaints.contains("Permission denied"))
    #expect(drawn.complaints.contains("--output"))
  }

  @Test(arguments: [
    "\(bound) --budget smoke --quiet --output \"$T\"",
    "\(bound) --run 0 --budget smoke --quiet --output \"$T\"",
    "refigure run \(bound) --budget smoke --quiet --output \"$T\"",
    "refigure plan \(bound) --budget smoke --emit slurm --output \"$T\"",
  ])
  func whatHasToBeWrittenSaysWhere(command: String) throws {
    let temporary = try TemporaryFolder()
    try setWritable(false, temporary.url)
    defer { try? setWritable(true, temporary.url) }
    let answer = try run(command, in: temporary.url)
    #expect(answer.code == 1)
    #expect(answer.complaints.contains("Permission denied"), "\(answer.complaints)")
    #expect(answer.complaints.contains(temporary.url.path))
  }
}
