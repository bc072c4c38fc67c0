import ArgumentParser
import Claims
import Experiments
import Foundation
import Reproduction

/// Says what making figures would compute.
struct Plan: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Lists the runs that figures need: stored or not, the cost, and why each would run.",
    discussion: """
      A cost that says “about” is that of a run that differs in seeds alone, or what the figure says. \
      One that says “estimated” is scaled from the nearest run of the same kind, or from the same \
      figure at the standard budget, by iterations, images and multiplications. Why a run is to be \
      done is said by what distinguishes it from the nearest one that is stored.
      """)

  @OptionGroup var selection: FigureSelection
  @Option(help: ArgumentHelp("How many cores there are to use.", valueName: "count"))
  var threads = MachineLimits.current.cores
  @Flag(help: "List stored runs too.") var all = false
  @Flag(help: "Print the plan as JSON, for other programs, and nothing else.") var json = false

  func run() throws {
    guard threads > 0 else { throw FigureError.usage("--threads \(threads) is not above 0") }
    let runs = selection.place.runs
    let history = try RunHistory(of: runs)
    let timings = try Self.timings()
    var plans: [FigurePlan] = []
    for figure in try FigureExecutable.named(selection.figures) {
      let plan = try FigurePlan(of: figure, selection, history, timings, threads: threads)
      plans.append(plan)
      if !json { try StandardOutput.write(plan.text(all: all)) }
    }
    let report = PlanReport(plans, in: runs)
    guard !json else { return try JSONAnswer.write(report) }
    try StandardOutput.writeLine(
      report.missing == 0
        ? "nothing to run: all \(Spoken.count(report.needed, "run")) are stored in \(report.store)"
        : "in all \(report.missing) of \(Spoken.count(report.needed, "run")) to do; figures share "
          + "them")
  }

  /// What figures took where their results were made; nothing where the package's data are not.
  private static func timings() throws -> [FigureTiming] {
    // Without the package's folder there is nothing to estimate from, and nothing is wrong.
    guard let data = try? DataFolder.located() else { return [] }
    return try FigureTiming.read(ResultsFolder(in: data).timings)
  }
}
