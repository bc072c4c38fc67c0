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

  func validate() throws {
    if output == "" { throw ValidationError("--output names no folder") }
  }

  func run() throws {
    let scratch = ScratchFolder()
    defer { scratch.remove() }
    let arguments = [
      "--budget", "smoke", "--golden", write ? "write" : "check", "--quiet", "--output",
      output ?? scratch.url.path,
    ]
    var differing: [String] = []
    let figures = try FigureExecutable.named(figures)
    for figure in figures {
      try StandardOutput.writeLine("\(figure.name)")
      if try Child.run(figure.url, arguments) != 0 { differing.append(figure.name) }
    }
    guard differing.isEmpty else {
      throw FigureError.failed("not as expected: \(differing.joined(separator: ", "))")
    }
    try StandardOutput.writeLine(
      "\(Spoken.count(figures.count, "figure")) \(write ? "written" : "as expected")")
  }
}
