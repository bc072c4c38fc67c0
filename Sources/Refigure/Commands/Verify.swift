import ArgumentParser
import Experiments
import Foundation
import Reproduction

/// Computes stored runs again and compares bits.
struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Computes stored runs again in another place and compares every bit.",
    discussion: """
      Compared are outcomes and the checkpoints of all epochs, of the runs and of those that they \
      build on. Where bits differ, the first epoch and array that do are named.
      """)

  @OptionGroup var selection: FigureSelection
  @Option(help: ArgumentHelp("One run only, by its key.", valueName: "key")) var key: String?
  @Option(help: ArgumentHelp("How many threads compute.", valueName: "count")) var threads: Int?

  func run() throws {
    let scratch = ScratchFolder()
    defer { scratch.remove() }
    var done: Set<RunKey> = []
    for figure in try FigureExecutable.named(selection.figures) {
      let stored = try figure.runs(selection.asked(of: figure.description).arguments).filter {
        $0.isStored && (key == nil || $0.key.description == key)
      }
      for run in stored where done.insert(run.key).inserted {
        var arguments =
          selection.asked(of: figure.description).settings + ["--run", run.key.description]
        arguments += ["--output", scratch.url.path, "--quiet"]
        if let threads { arguments += ["--threads", String(threads)] }
        guard try Child.output(of: figure.url, arguments).code == 0 else {
          throw FigureError.failed("\(run.key) could not be computed again")
        }
        if key != nil { break }
      }
    }
    guard !done.isEmpty else {
      throw FigureError.usage(
        (key.map { "\($0) is not stored" } ?? "none of these figures' runs is stored")
          + " with these options; make them with refigure run, and see refigure plan")
    }
    try compare(
      RunStore(
        folder: scratch.url.appending(path: "runs"), progress: .standardError(isQuiet: true)))
  }

  private func compare(_ again: RunStore) throws {
    let store = selection.place.runs
    var differing = 0
    // What others build on comes first, so that the cause is named before its consequences.
    let pairs = try again.keys().map { (store.stored($0), again.stored($0)) }
      .filter { try $0.0.state != .absent }
      .sorted {
        try ($0.0.description?.count ?? 0, $0.0.key) < ($1.0.description?.count ?? 0, $1.0.key)
      }
    for (old, new) in pairs {
      let differences = try RunComparison(of: old, with: new).differences
      try StandardOutput.writeLine(
        "\(old.key): \(differences.isEmpty ? "the same bits" : "DIFFERS")")
      for line in differences.prefix(3) { try StandardOutput.writeLine("  \(line)") }
      if !differences.isEmpty {
        differing += 1
        for line in try RunComparison.environments(of: old, and: new) {
          try StandardOutput.writeLine("  \(line)")
        }
      }
    }
    guard differing == 0 else {
      throw FigureError.failed("\(differing) of \(Spoken.count(pairs.count, "run")) differ")
    }
    try StandardOutput.writeLine(
      "\(Spoken.count(pairs.count, "run")) computed again: the same bits")
  }
}
