import ArgumentParser
import Claims
import Experiments
import Foundation
import Reproduction

/// Renews the generated tables of README.md and REPRODUCE.md.
struct RenewPages: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reproduce",
    abstract: "Renews the tables of REPRODUCE.md and README.md from results and figures.")

  @Flag(help: "Change nothing; exit with 1 if a table is not current.") var check = false

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
    if check, !stale.isEmpty {
      throw FigureError.failed(
        "not current: \(stale.joined(separator: ", ")); renew with make reproduce")
    }
    if stale.isEmpty {
      try StandardOutput.writeLine("the tables of README.md and REPRODUCE.md are current")
    }
  }
}
