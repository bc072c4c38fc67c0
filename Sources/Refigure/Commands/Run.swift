import ArgumentParser
import Foundation
import Reproduction

/// Makes figures, one after another.
struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Makes figures, one after another; goes on if one fails, and says so at the end.")

  @OptionGroup var selection: FigureSelection
  @Option(help: ArgumentHelp("How many threads compute.", valueName: "count")) var threads: Int?
  @Option(help: ArgumentHelp("Formats of the picture: png,pdf,svg.", valueName: "list"))
  var format: String?
  @Option(help: ArgumentHelp("Do one run only, by its key.", valueName: "key")) var key: String?
  @Flag(help: "Do all runs again, stored or not.") var force = false
  @Flag(help: "Say nothing but warnings and errors.") var quiet = false

  func run() throws {
    var more: [String] = []
    if let threads { more += ["--threads", String(threads)] }
    if let format { more += ["--format", format] }
    if let key { more += ["--run", key] }
    if force { more.append("--force") }
    if quiet { more.append("--quiet") }
    var (figures, failed) = try asked()
    if let key {
      figures = try figures.filter { figure in
        try figure.runs(selection.asked(of: figure.description).arguments).contains {
          $0.key.description == key
        }
      }
      guard !figures.isEmpty else {
        throw FigureError.usage("no figure needs \(key) with these options; see refigure plan")
      }
      figures = [figures[0]]
    }
    for figure in figures {
      let code = try Child.run(figure.url, selection.asked(of: figure.description).arguments + more)
      if code != 0 { failed.append(figure.name) }
    }
    guard failed.isEmpty else {
      throw FigureError.failed("not made: \(failed.joined(separator: ", "))")
    }
  }

  /// The figures to be made, and the names of those that cannot even say what they are.
  private func asked() throws -> ([FigureExecutable], failed: [String]) {
    guard selection.figures.isEmpty else {
      return (try FigureExecutable.named(selection.figures), [])
    }
    let (answering, silent) = try FigureExecutable.all()
    guard !(answering.isEmpty && silent.isEmpty) else {
      return (try FigureExecutable.named([]), [])
    }
    for figure in silent { RefigureTool.complain("error: \(figure.problem)") }
    return (answering, silent.map(\.name))
  }
}
