import ArgumentParser
import Experiments
import Foundation
import Reproduction

/// A form in which other programs take a plan and walk it.
enum Emission: String, CaseIterable, ExpressibleByArgument {
  /// A command a line, for GNU parallel, HyperQueue, xargs or a shell.
  case tasks
  /// A job array for each wave, and a job that draws.
  case slurm
  /// One rule whose wildcard is the shard.
  case snakefile
}

/// A plan as files for other programs.
struct EmittedPlan {
  /// The shards.
  let plan: ShardPlan
  /// The tool itself and the figures' executables, by name.
  let executables: [String: URL]
  /// The options of each figure's command line, by name.
  let arguments: [String: [String]]
  /// What `refigure run` is told in the end: which figures to draw, with which options.
  let drawing: [String]
  /// How many cores each task has.
  let cores: Int
  /// The most tasks of an array that run at once.
  let throttle: Int?
  /// Where the files are.
  let folder: URL

  /// The names and contents of the files, scripts marked as such.
  func files(_ emission: Emission) -> [(name: String, text: String, isScript: Bool)] {
    let tasks = plan.waves.indices.map { wave in
      (taskName(wave), plan.waves[wave].map { command(of: $0) + "\n" }.joined(), false)
    }
    switch emission {
    case .tasks: return tasks + [("render", renderScript, true)]
    case .slurm: return tasks + slurmScripts
    case .snakefile: return tasks + [("Snakefile", snakefile, false)]
    }
  }

  func taskName(_ wave: Int) -> String { "wave-\(wave + 1).tasks" }

  /// What a user does with the files.
  func advice(_ emission: Emission) -> String {
    let place = Self.quoted(folder.path)
    switch emission {
    case .tasks:
      return plan.waves.indices.map { wave in
        "parallel --joblog \(place)/wave-\(wave + 1).log --resume-failed --jobs 1 "
          + ":::: \(place)/\(taskName(wave))\n"
      }.joined() + "\(place)/render\n"
    case .slurm: return "\(place)/submit\n"
    case .snakefile: return "snakemake --directory \(place) --cores all\n"
    }
  }

  /// A shard's commands, which stop at the first that fails.
  private func command(of shard: Shard) -> String {
    shard.parts.map { part in
      let program = executables[part.figure]?.path ?? part.figure
      let runs = part.runs.map { "--run \($0)" }.joined(separator: " ")
      // Without its options a figure would quietly do other runs.
      guard let own = arguments[part.figure] else {
        fatalError("a shard has runs of \(part.figure), of which the plan says nothing")
      }
      return line([program] + own + ["--threads", "\(cores)", "--quiet"]) + " " + runs
    }.joined(separator: " && ")
  }

  /// The command that draws, and does what has failed once more.
  var renderCommand: String {
    line([executables["refigure"]?.path ?? "refigure", "run"] + drawing)
  }

  private var renderScript: String {
    "#!/bin/sh\n# Draws the figures, and does first what is still missing.\nexec \(renderCommand)\n"
  }

  private func line(_ words: [String]) -> String {
    words.map(Self.quoted).joined(separator: " ")
  }

  /// A word as a shell takes it for itself.
  static func quoted(_ word: String) -> String {
    let plain = word.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
        UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: ","):
        true
      default: false
      }
    }
    return plain && !word.isEmpty ? word : "'" + word.replacing("'", with: "'\\''") + "'"
  }

  /// Writes the files, all of them or none.
  func write(_ emission: Emission) throws {
    try AtomicFile.makeFolder(folder)
    let files = files(emission)
    try AtomicFile.write(
      files.map { (bytes: Data($0.text.utf8), file: folder.appending(path: $0.name)) })
    for file in files where file.isScript {
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: folder.appending(path: file.name).path)
    }
  }
}
