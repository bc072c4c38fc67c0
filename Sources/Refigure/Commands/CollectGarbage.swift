import ArgumentParser
import Experiments
import Foundation
import Reproduction

/// Finds runs that nobody needs.
struct CollectGarbage: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gc",
    abstract: "Lists what the store holds in vain, and deletes it if told to by the plan's name.",
    discussion: """
      In vain are runs of another engine version, damaged files that were moved aside, temporary \
      files of processes that were killed, and, if asked for, unfinished runs and those that no \
      figure needs. All figures are asked for the latter, at every budget and preset, on stand-ins \
      and published data; if one of them cannot answer nothing is deleted. Where the data of a \
      figure are not here nothing of its kinds of experiment is deleted (--data-root says where they \
      are). Runs that differ from a needed one in seeds or data alone were made with other options; \
      they are listed apart and deleted by --key only. While runs that are needed are unfinished, \
      what they build on is not known, and runs that seem not to be needed are kept.

      A run under way is left alone. The list ends with the name of the plan; --delete with that name \
      moves what is listed to the store's folder trash, if the plan is still the same. The next \
      refigure gc empties the trash.
      """)

  @Option(help: ArgumentHelp("Delete what this plan lists.", valueName: "plan"))
  var delete: String?
  @Flag(help: "Unfinished runs too.") var unfinished = false
  @Flag(help: "Runs that no figure needs too.") var unneeded = false
  @Option(help: ArgumentHelp("This run too; may be repeated.", valueName: "key"))
  var key: [String] = []
  @Flag(help: "List every run.") var runs = false
  @Option(help: ArgumentHelp("Where published data lie, for --unneeded.", valueName: "path"))
  var dataRoot: String?
  @OptionGroup var place: OutputPlace

  func validate() throws {
    if dataRoot == "" { throw ValidationError("--data-root names no folder") }
  }

  func run() throws {
    let store = place.runs
    let plan = try plan(for: store)
    if let delete, delete != plan.digest {
      throw FigureError.failed(
        "the plan is now \(plan.digest), not \(delete): look at it again; nothing is deleted")
    }
    let emptied = try store.emptyTrash()
    if emptied > 0 { try StandardOutput.writeLine("\(Spoken.bytes(emptied)) of old trash deleted") }
    try show(plan, in: store)
    if delete != nil { try carryOut(plan, in: store) }
  }

  private func show(_ plan: GarbagePlan, in store: RunStore) throws {
    try StandardOutput.write(plan.table.text)
    if runs { try StandardOutput.write(GarbagePlan.list(plan.items).text) }
    if !plan.variants.isEmpty {
      try StandardOutput.write(
        "made with other options, and kept; --key deletes one:\n"
          + GarbagePlan.list(plan.variants).text)
    }
    guard !plan.items.isEmpty else {
      return try StandardOutput.writeLine("nothing in vain in \(store.folder.path)")
    }
    guard delete == nil else { return }
    let again =
      ["refigure gc"] + (unneeded ? ["--unneeded"] : []) + (unfinished ? ["--unfinished"] : [])
      + key.map { "--key \($0)" } + (dataRoot.map { ["--data-root \($0)"] } ?? [])
      + (place.folder.map { ["--output \($0)"] } ?? []) + ["--delete \(plan.digest)"]
    try StandardOutput.writeLine(
      "\(Spoken.bytes(plan.size)) in all; to delete: \(again.joined(separator: " "))")
  }

  private func carryOut(_ plan: GarbagePlan, in store: RunStore) throws {
    var size = 0
    for item in plan.items {
      if let run = item.run {
        guard try store.moveToTrashIfIdle(run) else {
          RefigureTool.complain("warning: \(run) is being run; it is left alone")
          continue
        }
      } else if item.reason == Self.abandoned {
        AtomicFile.removeAbandoned(in: item.file.deletingLastPathComponent())
      } else {
        try store.moveToTrash(item.file)
      }
      size += item.size
    }
    try StandardOutput.writeLine(
      "\(Spoken.bytes(size)) moved to \(store.trash.path); the next refigure gc deletes that")
  }

  private static let abandoned = "of a killed process"

  // MARK: The plan

  private func plan(for store: RunStore) throws -> GarbagePlan {
    let chosen = Set(
      try key.map { name in
        guard let key = RunKey(name), try store.stored(key).state != .absent else {
          throw FigureError.usage("--key \(name) is not stored in \(store.folder.path)")
        }
        return key
      })
    let needed = unneeded ? try neededRuns() : nil
    let known = try needed.flatMap { try knownKeys($0, in: store) }
    let figures = place.output.appending(path: "figures")
    let owners = try RunOwners(of: store, figures: figures)
    var plan = GarbagePlan()
    for run in try store.keys().map({ store.stored($0) }) {
      func item(_ reason: String) -> GarbagePlan.Item {
        .init(
          file: run.folder, run: run.key, size: run.size, figure: owners[run.key], reason: reason)
      }
      if let reason = try reason(against: run, chosen) {
        plan.delete(item(reason))
      } else if let needed, let known, let description = try run.description,
        !known.contains(run.key), !needed.isUndecided(run.key)
      {
        if needed.isVariant(run.key, describedBy: description) {
          plan.keepVariant(item("other seeds or data"))
        } else {
          plan.delete(item("no figure needs it"))
        }
      } else {
        for file in try run.damagedRemains() {
          plan.delete(
            .init(file: file, size: file.sizeOfFiles, figure: owners[run.key], reason: "damaged"))
        }
      }
    }
    for folder in [figures] + (try store.folders()) {
      for file in AtomicFile.abandoned(in: folder) {
        plan.delete(.init(file: file, size: file.sizeOfFiles, reason: Self.abandoned))
      }
    }
    return plan
  }

  private func reason(against run: StoredRun, _ chosen: Set<RunKey>) throws -> String? {
    if chosen.contains(run.key) { return "named by --key" }
    guard let description = try run.description else { return "its description is damaged" }
    // What does not tell its engine is of a later version, and nobody's to delete.
    if let engine = FlatJSON(description).leaves["engine"], engine != "\(EngineVersion.current)" {
      return "engine version \(engine)"
    }
    if unfinished, try run.state != .finished { return "unfinished" }
    return nil
  }

  private func neededRuns() throws -> NeededRuns {
    let needed = try NeededRuns(
      of: FigureExecutable.complete(), arguments: ["--output", place.output.path],
      dataRoot: dataRoot)
    for absence in needed.absences {
      RefigureTool.complain("warning: \(absence) Nothing of its experiments is deleted.")
    }
    return needed
  }

  /// What figures need, and what that builds on; nothing where that is not known.
  private func knownKeys(_ needed: NeededRuns, in store: RunStore) throws -> Set<RunKey>? {
    let (keys, areComplete) = try store.foundations(of: needed.descriptions.keys.sorted())
    if areComplete { return keys }
    RefigureTool.complain(
      "warning: runs that are needed are unfinished, and what they build on is not known; none is "
        + "taken for unneeded. Finish them, or delete them first with --unfinished")
    return nil
  }
}
