import ArgumentParser
import Experiments
import Foundation
import Reproduction

/// Compares figures with their golden values.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Computes figures at the smoke budget anew and compares them with Data/golden.",
    discussion: """
      Where kernels and versions are those of the golden values every bit must agree, elsewhere \
      values have their tolerances; each table says which. Any difference makes the exit code 1.
      """)

  @Argument(help: ArgumentHelp("The figures (default: all).", valueName: "figure"))
  var figures: [String] = []
  @Flag(help: "Write the golden values instead, and print what changes.") var write = false
  @Option(
    help: ArgumentHelp(
      "Where runs are kept (default: a folder that is deleted afterwards).", valueName: "folder"))
  var output: String?
  @Option(
    help: ArgumentHelp("Also write what came of it as JUnit's XML.", valueName: "file"))
  var junit: String?
  @Flag(help: "Print what came of it as JSON, for other programs, and nothing else.")
  var json = false

  func validate() throws {
    if output == "" { throw ValidationError("--output names no folder") }
    if junit == "" { throw ValidationError("--junit names no file") }
  }

  /// A figure, beside its golden values.
  private struct Checked: Encodable {
    var figure: String
    var paper: String
    var agrees: Bool
    /// The table of its values.
    var report: String
  }

  /// The answer to `--json`.
  private struct Report: Encodable {
    let version = 1
    var figures: [Checked]
  }

  func run() throws {
    let scratch = ScratchFolder()
    defer { scratch.remove() }
    let arguments = [
      "--budget", "smoke", "--golden", write ? "write" : "check", "--quiet", "--output",
      output ?? scratch.url.path,
    ]
    var checked: [Checked] = []
    var cases: [JUnitReport.Case] = []
    for figure in try FigureExecutable.named(figures) {
      if !json { try StandardOutput.writeLine("\(figure.name)") }
      let start = ContinuousClock.now
      let answer = try Child.output(of: figure.url, arguments, complaints: .collected)
      if !json { try StandardOutput.write(answer.output) }
      let complaint = answer.complaints.trimmingCharacters(in: .newlines)
      if !complaint.isEmpty { RefigureTool.complain(complaint) }
      let paper = figure.description.paper
      checked.append(
        Checked(
          figure: figure.name, paper: paper, agrees: answer.code == 0,
          report: answer.output + answer.complaints))
      cases.append(
        JUnitReport.Case(
          group: paper, name: figure.name, seconds: (ContinuousClock.now - start) / .seconds(1),
          outcome: answer.code == 0
            ? .passed : .failed(complaint.isEmpty ? "it ended with \(answer.ending)" : complaint),
          output: answer.output))
    }
    if let junit { try JUnitReport(name: "golden values", cases: cases).write(to: junit) }
    if json { try JSONAnswer.write(Report(figures: checked)) }
    let differing = checked.filter { !$0.agrees }.map(\.figure)
    guard differing.isEmpty else {
      throw FigureError.failed("not as expected: \(differing.joined(separator: ", "))")
    }
    guard !json else { return }
    try StandardOutput.writeLine(
      "\(Spoken.count(checked.count, "figure")) \(write ? "written" : "as expected")")
  }
}
