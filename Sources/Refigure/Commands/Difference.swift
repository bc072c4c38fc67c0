import ArgumentParser
import Experiments
import Foundation
import Reproduction

/// Compares two figures or two runs.
struct Difference: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Says in what two pictures, two JSON files, or two stored runs differ.",
    discussion: "A run is named by its key, or by its folder. The exit code is 1 if they differ.")

  @Argument(help: ArgumentHelp("A PNG or JSON file, or a run.", valueName: "A")) var old: String
  @Argument(help: ArgumentHelp("Another of the same kind.", valueName: "B")) var new: String
  @Option(help: ArgumentHelp("How many differences to print.", valueName: "count")) var most = 40
  @OptionGroup var place: OutputPlace

  func run() throws {
    let differences: [String]
    if let a = try run(named: old), let b = try run(named: new) {
      differences = try RunComparison(of: a, with: b).differences
    } else if old.hasSuffix(".png"), new.hasSuffix(".png") {
      differences = try PicturedFigure(old).differences(from: PicturedFigure(new))
    } else {
      differences = FlatJSON(try json(old)).differences(from: FlatJSON(try json(new)))
        .map(\.description)
    }
    for line in differences.prefix(max(most, 0)) { try StandardOutput.writeLine(line) }
    if differences.count > most {
      try StandardOutput.writeLine("… \(differences.count - most) more")
    }
    if !differences.isEmpty { throw ExitCode(1) }
  }

  /// The stored run of a name; nothing if there is none, since the name may be a file's.
  private func run(named name: String) throws -> StoredRun? {
    let url = URL(filePath: name, directoryHint: .isDirectory)
    guard let key = RunKey(url.lastPathComponent) else { return nil }
    let store =
      name.contains("/")
      ? RunStore(folder: url.deletingLastPathComponent(), progress: .standardError(isQuiet: true))
      : place.runs
    let run = store.stored(key)
    return try run.state == .absent ? nil : run
  }

  private func json(_ path: String) throws -> Data {
    guard let bytes = FileManager.default.contents(atPath: path),
      (try? JSONSerialization.jsonObject(with: bytes)) != nil
    else {
      throw FigureError.usage("\(path) is neither a PNG or JSON file nor a stored run")
    }
    return bytes
  }
}
