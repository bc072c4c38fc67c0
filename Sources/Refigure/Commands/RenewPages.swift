import ArgumentParser
import Claims
import Experiments
import Foundation
import Reproduction

/// Renews the generated tables of README.md and REPRODUCE.md, the papers' pages, and pictures.
struct RenewPages: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reproduce",
    abstract: "Renews REPRODUCE.md, README.md, the papers' pages and pictures from what is kept.",
    discussion: """
      A picture says of which results it is, and is drawn again when they are others.
      """)

  @Flag(help: "Change nothing; exit with 1 if a page or picture is not current.") var check = false
  @Flag(help: "Draw all pictures, as after a change of how figures are drawn.") var redraw = false

  func validate() throws {
    if check && redraw { throw ValidationError("--check and --redraw exclude each other") }
  }

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
    for page in tables.pages {
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
    stale += try renewPictures(tables.pictures, in: root)
    if check, !stale.isEmpty {
      throw FigureError.failed(
        "not current: \(stale.joined(separator: ", ")); renew with make reproduce")
    }
    if stale.isEmpty {
      try StandardOutput.writeLine("the generated pages are current")
    }
  }

  /// Draws the pictures whose results have changed, and removes those without results.
  ///
  /// - Returns: Which were not current, below the root.
  private func renewPictures(_ pictures: [KeptPicture], in root: URL) throws -> [String] {
    let stale = try pictures.filter { try redraw || !$0.isCurrent(in: root) }
    let names = Set(pictures.map(\.name))
    let orphans = try ["", "published/"].flatMap { part in
      try root.appending(path: "\(KeptPicture.folder)/\(part)").namesInFolder()
        .filter { $0.hasSuffix(".png") }.map { part + $0 }
    }.filter { !names.contains($0) }.sorted()
    if !check {
      _ = try InOrder.map(stale) { picture in
        let file = picture.file(in: root)
        let bytes = try picture.drawn()
        try AtomicFile.makeFolder(file.deletingLastPathComponent())
        try AtomicFile.write(bytes, to: file)
        return file.path
      } receive: {
        try StandardOutput.writeLine($0)
      }
      for name in orphans {
        let file = root.appending(path: "\(KeptPicture.folder)/\(name)")
        try FileManager.default.removeItem(at: file)
        try StandardOutput.writeLine("removed \(file.path)")
      }
    }
    return (stale.map(\.name) + orphans).map { "\(KeptPicture.folder)/\($0)" }
  }
}
