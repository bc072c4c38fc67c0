import ArgumentParser
import Claims
import Experiments
import Foundation
import Reproduction

/// Renews the generated tables of README.md and REPRODUCE.md, and the papers' pages.
struct RenewPages: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reproduce",
    abstract: "Renews REPRODUCE.md, README.md and the papers' pages from results and figures.")

  @Flag(help: "Change nothing; exit with 1 if a page is not current.") var check = false

  func run() throws {
    let data = try DataFolder.located()
    let root = data.url.deletingLastPathComponent()
    let tables = try GeneratedTables(data: data, figures: FigureExecutable.named([]))
    var stale: [String] = []
    for name in ["README.md", "REPRODUCE.md"] {
      var page = try GeneratedPage(root.appending(path: name))
      guard try page.renew(with: tables.byName) else { continue }
      stale.append(name)
      if !check {
        try page.write()
        try StandardOutput.writeLine(page.file.path)
      }
    }
    for page in tables.pages.flatMap(\.pages) {
      let file = root.appending(path: page.path)
      let bytes = Data(page.text.utf8)
      // A page that cannot be read is written anew.
      guard FileManager.default.contents(atPath: file.path) != bytes else { continue }
      stale.append(page.path)
      if !check {
        try AtomicFile.makeFolder(file.deletingLastPathComponent())
        try AtomicFile.write(bytes, to: file)
        try StandardOutput.writeLine(file.path)
      }
    }
    if check, !stale.isEmpty {
      throw FigureError.failed(
        "not current: \(stale.joined(separator: ", ")); renew with make reproduce")
    }
    if stale.isEmpty {
      try StandardOutput.writeLine("the generated pages are current")
    }
  }
}
