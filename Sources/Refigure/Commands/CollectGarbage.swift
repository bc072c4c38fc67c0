import ArgumentParser
import Experiments
import Foundation
import Reproduction

/// Finds runs that nobody needs.
struct CollectGarbage: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gc",
    abstract: "Lists what the store holds in vain, and deletes it with --delete.",
    discussion: """
      In vain are runs of another engine version, damaged files that were moved aside, temporary \
      files of processes that were killed, and, if asked for, unfinished runs and those that no \
      figure needs at any budget with its default options (runs with other options count as not \
      needed). A run under way is left alone. While runs that are needed are unfinished, what they \
      build on is not known, and runs that seem not to be needed are kept unless --unfinished is \
      given too.
      """)

  @Flag(help: "Delete them.") var delete = false
  @Flag(help: "Unfinished runs too.") var unfinished = false
  @Flag(help: "Runs that no figure needs too.") var unneeded = false
  @OptionGroup var place: OutputPlace

  func run() throws {
    let store = place.runs
    let needed = unneeded ? try neededKeys(in: store) : nil
    var table = TextTable()
    var total = 0
    for run in store.keys().map({ store.stored($0) }) {
      let remains = run.damagedRemains
      if let reason = reason(against: run, needed) {
        total += run.size
        table.append("\(run.key)", Spoken.bytes(run.size), reason)
        if delete, try !store.removeIfIdle(run.key) {
          RefigureTool.complain("warning: \(run.key) is being run; it is left alone")
        }
      } else if !remains.isEmpty {
        for file in remains {
          table.append("\(run.key)", file.lastPathComponent, "damaged, moved aside")
          if delete { try FileManager.default.removeItem(at: file) }
        }
      }
    }
    for folder in [place.output.appending(path: "figures")] + store.folders {
      for file in AtomicFile.abandoned(in: folder) {
        table.append(folder.lastPathComponent, file.lastPathComponent, "of a killed process")
      }
      if delete { AtomicFile.removeAbandoned(in: folder) }
    }
    print(table.text, terminator: "")
    print(
      table.isEmpty
        ? "nothing in vain in \(store.folder.path)"
        : "\(Spoken.bytes(total)) in whole runs \(delete ? "deleted" : "to delete with --delete")")
  }

  private func reason(against run: StoredRun, _ needed: Set<RunKey>?) -> String? {
    guard let description = run.description else { return "its description is damaged" }
    let engine = FlatJSON(description).leaves["engine"] ?? ""
    if engine != "\(EngineVersion.current)" { return "engine version \(engine)" }
    if unfinished, run.state != .finished { return "unfinished" }
    if let needed, !needed.contains(run.key) { return "no figure needs it" }
    return nil
  }

  /// What figures need, and what that builds on; nothing where that is not known.
  private func neededKeys(in store: RunStore) throws -> Set<RunKey>? {
    var keys: Set<RunKey> = []
    for figure in try FigureExecutable.named([]) {
      for budget in Budget.allCases {
        let arguments = ["--budget", budget.rawValue, "--output", place.output.path]
        // A budget whose data are not here has no runs here either.
        keys.formUnion((try? figure.runs(arguments).map(\.key)) ?? [])
      }
    }
    let needed = store.foundations(of: keys.sorted())
    if needed.areComplete || unfinished { return needed.keys }
    RefigureTool.complain(
      "warning: runs that are needed are unfinished, and what they build on is not known; finish "
        + "them, or add --unfinished")
    return nil
  }
}
