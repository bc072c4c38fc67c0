import ArgumentParser
import Claims
import Experiments
import Foundation
import Reproduction

/// Writes a page with all figures, claims and numbers.
struct WriteReport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Writes one HTML page with every figure, claim and number from Data/results.",
    discussion: """
      The page is report/index.html in the output folder. It holds its pictures, styles and data \
      itself, so that it opens from disk, without a network, and can be sent to somebody. Nothing \
      is computed again: figures are drawn from the kept results, and claims judged on them.
      """)

  @Option(
    help: ArgumentHelp(
      "Where published data lie, to tell whether results of them are current.", valueName: "path"))
  var dataRoot: String?
  @OptionGroup var place: OutputPlace

  func validate() throws {
    if dataRoot == "" { throw ValidationError("--data-root names no folder") }
  }

  func run() throws {
    let data = try DataFolder.located()
    let figures = try FigureExecutable.named([])
    let root = dataRoot.map { URL(filePath: $0, directoryHint: .isDirectory) }
    let page = try ReportPage(
      of: data, figures: figures,
      kept: KeptFigure.all(of: figures, in: data, dataRoot: root))
    let file = place.output.appending(path: "report/index.html")
    let html = Data(try page.html.utf8)
    try AtomicFile.makeFolder(file.deletingLastPathComponent())
    try AtomicFile.write(html, to: file)
    try StandardOutput.writeLine("\(file.path) (\(Spoken.bytes(html.count)))")
  }
}
