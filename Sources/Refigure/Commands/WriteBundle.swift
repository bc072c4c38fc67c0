import ArgumentParser
import Claims
import Experiments
import Foundation
import Reproduction

/// Puts everything that is kept into a folder that an archive takes.
struct WriteBundle: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bundle",
    abstract: "Puts results, figures, report and what made them into a folder for an archive.",
    discussion: """
      The folder is a Research Object Crate (RO-Crate 1.1, Process Run Crate 0.5) and has the \
      manifest that a CODECHECK begins with. What is not known is left out. Nothing is computed \
      again.
      """)

  @Argument(help: ArgumentHelp("A new folder.", valueName: "folder")) var folder: String
  @Option(
    help: ArgumentHelp(
      "The day of publication (default: that of the last commit).", valueName: "yyyy-mm-dd"))
  var date: String?
  @Option(
    help: ArgumentHelp("Where published data lie, for descriptions of runs.", valueName: "path"))
  var dataRoot: String?

  func validate() throws {
    if folder.isEmpty { throw ValidationError("no folder is named") }
    if dataRoot == "" { throw ValidationError("--data-root names no folder") }
    if let date, date.wholeMatch(of: /\d{4}-\d{2}-\d{2}/) == nil {
      throw ValidationError("--date \(date) is no day as in 2026-11-26")
    }
  }

  func run() throws {
    let url = URL(filePath: folder, directoryHint: .isDirectory)
    guard try url.namesInFolder().isEmpty else {
      throw FigureError.usage("\(url.path) is not empty; name a new folder")
    }
    let data = try DataFolder.located()
    let revision = try CodeRevision(of: data.url.deletingLastPathComponent())
    guard let date = date ?? revision?.date else {
      throw FigureError.usage(
        "the day of publication is not known, for this is no clone of the repository; name it "
          + "with --date")
    }
    let figures = try FigureExecutable.named([])
    let root = dataRoot.map { URL(filePath: $0, directoryHint: .isDirectory) }
    let kept = try KeptFigure.all(of: figures, in: data, dataRoot: root)
    let page = try ReportPage(of: data, figures: figures, kept: kept)
    let crate = try ResearchCrate(
      kept: kept.values.flatMap(\.self).sorted { $0.name < $1.name },
      descriptions: figures.map(\.description), report: page.html, revision: revision, date: date)
    try crate.write(to: url)
    let files = try crate.files
    try StandardOutput.writeLine(
      "\(url.path) (\(Spoken.count(files.count, "file")), "
        + "\(Spoken.bytes(files.reduce(0) { $0 + $1.bytes.count })))")
  }
}
