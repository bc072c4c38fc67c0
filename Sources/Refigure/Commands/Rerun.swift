import ArgumentParser
import Experiments
import Foundation
import Reproduction

/// Makes a picture again and compares.
struct Rerun: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Makes a picture again with the settings that it carries, and compares.",
    discussion: """
      Everything is computed anew in a folder that is deleted afterwards, unless --output names \
      one, whose stored runs are then used.
      """)

  @Argument(help: ArgumentHelp("A PNG file of a figure.", valueName: "x.png")) var picture: String
  @Option(help: ArgumentHelp("Where the data set lies, if it is not embedded.", valueName: "path"))
  var dataRoot: String?
  @Option(help: ArgumentHelp("Where figures and runs go.", valueName: "folder"))
  var output: String?
  @Option(help: ArgumentHelp("How many threads compute.", valueName: "count")) var threads: Int?

  func validate() throws {
    if dataRoot == "" { throw ValidationError("--data-root names no folder") }
    if output == "" { throw ValidationError("--output names no folder") }
  }

  func run() throws {
    let old = try PicturedFigure(picture)
    let figure = try FigureExecutable(named: old.provenance.figure)
    let scratch = ScratchFolder()
    defer { scratch.remove() }
    let folder = output.map { URL(filePath: $0, directoryHint: .isDirectory) } ?? scratch.url
    var arguments = try old.options.arguments + ["--output", folder.path]
    if let dataRoot { arguments += ["--data-root", dataRoot] }
    if let threads { arguments += ["--threads", String(threads)] }
    // Its answers name files that may not be there for long.
    guard try Child.output(of: figure.url, arguments).code == 0 else {
      throw FigureError.failed("\(figure.name) could not be made again")
    }
    let new = try PicturedFigure(folder.appending(path: "figures/\(figure.name).png").path)
    guard old.bytes != new.bytes else {
      try StandardOutput.writeLine("the same bytes: \(picture)")
      return
    }
    let differences = try old.differences(from: new)
    for line in differences.prefix(40) { try StandardOutput.writeLine(line) }
    if differences.isEmpty {
      try StandardOutput.writeLine("the same numbers, drawn in other pixels")
    }
    throw FigureError.failed("\(picture) does not come out the same")
  }
}
