import ArgumentParser
import Claims
import Experiments
import Foundation
import Reproduction

/// Says what making figures would compute.
struct Plan: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Says what figures would compute, and what that costs: time, memory, disk.",
    discussion: """
      A line for each figure and one for all of them; with --runs each run, stored or not, with its \
      cost and why it would be done.

      A cost that says “about” is that of a run that differs in seeds alone, or what the figure says. \
      One that says “estimated” is scaled from the nearest run of the same kind, or from the same \
      figure at the standard budget, by iterations, images and multiplications. Why a run is to be \
      done is said by what distinguishes it from the nearest one that is stored.

      With --emit the plan becomes files for programs that run on more than one machine: runs packed \
      into shards, a command each, in waves of which each builds on earlier ones. All machines share \
      the output folder. What is done is known from it alone: a task that is started again does only \
      what is missing, and the same plan made later has only that in it.
      """)

  @OptionGroup var selection: FigureSelection
  @Option(help: ArgumentHelp("How many cores there are to use.", valueName: "count"))
  var threads = MachineLimits.current.cores
  @Flag(help: "List the runs that are to be done.") var runs = false
  @Flag(help: "List all runs, stored ones too.") var all = false
  @Flag(help: "Print the plan as JSON, for other programs, and nothing else.") var json = false
  @Option(help: "Write the plan for another program.") var emit: Emission?
  @Option(
    help: ArgumentHelp(
      "Where --emit writes (default: plan in the output folder).", valueName: "folder"))
  var into: String?
  @Option(help: ArgumentHelp("How long a shard is to take.", valueName: "minutes"))
  var shardMinutes = 20.0
  @Option(
    help: ArgumentHelp("The most shards of a wave: a job array's limit.", valueName: "count"))
  var arrayLimit = 1000
  @Option(help: ArgumentHelp("The most tasks of an array at once, for slurm.", valueName: "count"))
  var throttle: Int?

  func validate() throws {
    guard threads > 0 else { throw ValidationError("--threads \(threads) is not above 0") }
    guard shardMinutes > 0, shardMinutes.isFinite else {
      throw ValidationError("--shard-minutes \(shardMinutes) is no time")
    }
    guard arrayLimit > 0 else {
      throw ValidationError("--array-limit \(arrayLimit) is not above 0")
    }
    if let throttle, throttle <= 0 {
      throw ValidationError("--throttle \(throttle) is not above 0")
    }
    if into == "" { throw ValidationError("--into names no folder") }
    if emit != nil, json { throw ValidationError("--emit and --json are two answers; name one") }
  }

  func run() throws {
    let store = selection.place.runs
    let history = try RunHistory(of: store)
    let timings = try Self.timings()
    let figures = try FigureExecutable.named(selection.figures, listing: selection)
    let (listing, isSaid) = (listing, !json && emit == nil)
    let plans = try InOrder.map(figures) { [selection, threads, json] figure in
      try FigurePlan(
        of: figure, selection, history, timings, threads: threads,
        isExplained: json || isSaid && listing != .none)
    } receive: { plan in
      if isSaid { try StandardOutput.write(plan.text(listing)) }
    }
    let report = PlanReport(plans, in: store)
    guard !json else { return try JSONAnswer.write(report) }
    if let emit, report.missing > 0 { return try self.emit(emit, plans, of: figures) }
    try StandardOutput.writeLine(
      report.needed == 0
        ? "nothing to run: these figures need no runs"
        : report.missing == 0
          ? "nothing to run: all \(Spoken.count(report.needed, "run")) are stored in \(report.store)"
          : "in all \(report.missing) of \(Spoken.count(report.needed, "run")) to do"
            + PlanTotal(plans).words(onCores: threads) + "; what figures share counts once")
  }

  private var listing: FigurePlan.Listing { all ? .all : runs ? .missing : .none }

  private func emit(
    _ emission: Emission, _ plans: [FigurePlan], of figures: [FigureExecutable]
  ) throws {
    let workingDirectory = URL(
      filePath: FileManager.default.currentDirectoryPath, directoryHint: .isDirectory)
    let folder =
      into.map { URL(filePath: $0, directoryHint: .isDirectory, relativeTo: workingDirectory) }
      ?? selection.place.output.appending(path: "plan")
    let programs = FigureExecutable.executableFolder
    let needs = plans.map(ShardPlan.Need.init)
    let emitted = EmittedPlan(
      plan: ShardPlan(
        needs, seconds: 60 * shardMinutes, cores: threads,
        limit: arrayLimit),
      executables: Dictionary(
        uniqueKeysWithValues: (figures.map(\.name) + ["refigure"]).map {
          ($0, programs.appending(path: $0))
        }),
      arguments: Dictionary(
        uniqueKeysWithValues: figures.map {
          ($0.name, selection.asked(of: $0.description).absoluteArguments)
        }), drawing: selection.figures + selection.absoluteArguments, cores: threads,
      throttle: throttle, folder: folder.absoluteURL.standardizedFileURL)
    guard !emitted.plan.waves.isEmpty else {
      return try StandardOutput.writeLine("nothing to run: what is read is stored")
    }
    try emitted.write(emission)
    for (wave, shards) in emitted.plan.waves.enumerated() {
      let all = shards.reduce(0) { $0 + $1.seconds }
      let runs = shards.flatMap(\.parts).reduce(0) { $0 + $1.runs.count }
      let longest = (shards.first?.seconds ?? 0) / Double(threads)
      try StandardOutput.writeLine(
        "wave \(wave + 1): \(Spoken.count(runs, "run")) in \(Spoken.count(shards.count, "shard")), "
          + "the longest \(Spoken.about(longest)) on \(Spoken.count(threads, "core")), "
          + "\(Spoken.seconds(all)) of processor time in all")
    }
    let known = Set(needs.flatMap(\.seconds.keys))
    let unknown = Set(plans.flatMap(\.rows).filter { !$0.stored }.map(\.key)).subtracting(known)
    if !unknown.isEmpty {
      try StandardOutput.writeLine(
        "nobody knows what \(Spoken.count(unknown.count, "run")) of these will take: each counts as "
          + "a whole shard")
    }
    try StandardOutput.write(emitted.advice(emission))
  }

  /// What figures took where their results were made; nothing where the package's data are not.
  private static func timings() throws -> [FigureTiming] {
    // Without the package's folder there is nothing to estimate from, and nothing is wrong.
    guard let data = try? DataFolder.located() else { return [] }
    return try FigureTiming.read(ResultsFolder(in: data).timings)
  }
}
