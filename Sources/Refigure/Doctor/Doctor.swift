import ArgumentParser
import Claims
import Experiments
import Foundation
import Reproduction

/// Looks at the machine, the libraries, the data and the store.
struct Doctor: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Says what is here and what is missing: machine, libraries, data, store.",
    discussion: """
      Data are looked for in the named folders, in the package's Data folder and in the working \
      directory, and recognised by content. The exit code is 1 if something prevents figures from \
      being made.
      """)

  @Argument(help: ArgumentHelp("Where data may lie.", valueName: "folder"))
  var folders: [String] = []
  @OptionGroup var place: OutputPlace
  @Flag(help: "Print what is found as JSON, for other programs, and nothing else.")
  var json = false

  /// The answer to `--json`.
  private struct Report: Encodable {
    struct Section: Encodable {
      var title: String
      var findings: [Diagnosis]
    }

    let version = 1
    var sections: [Section]
  }

  func run() throws {
    let sections: [(String, [Diagnosis])] = [
      ("Machine", Machine.diagnoses),
      ("Libraries", try Libraries.diagnoses()),
      ("Figures", try FigureExecutable.diagnoses()),
      ("Data", DataSearch(in: try dataFolders()).diagnoses),
      ("Store", try place.diagnoses()),
    ]
    if json {
      try JSONAnswer.write(
        Report(sections: sections.map { Report.Section(title: $0, findings: $1) }))
    }
    for (title, diagnoses) in sections where !json {
      try StandardOutput.writeLine("\(title)")
      var table = TextTable()
      for diagnosis in diagnoses {
        table.append("  \(diagnosis.sign)", diagnosis.name, diagnosis.text)
      }
      try StandardOutput.write(table.text)
    }
    if sections.flatMap(\.1).contains(where: { $0.state == .failing }) { throw ExitCode(1) }
  }

  private func dataFolders() throws -> [URL] {
    if folders.contains("") { throw FigureError.usage("no folder is named") }
    let named = folders.map { URL(filePath: $0, directoryHint: .isDirectory) }
    for folder in named where try !folder.isThere() {
      throw FigureError.usage("there is no folder \(folder.path)")
    }
    let workingDirectory = URL(
      filePath: FileManager.default.currentDirectoryPath, directoryHint: .isDirectory)
    // Beside installed executables there is no such folder; where one is, is looked at anyway.
    return named + [(try? DataFolder.located())?.url ?? workingDirectory]
  }
}

/// One line of what the doctor finds.
struct Diagnosis: Encodable {
  enum State: String, Encodable {
    /// As it should be.
    case fine
    /// Works, but could be better.
    case poor
    /// Prevents figures from being made.
    case failing
  }

  var state: State
  var name: String
  var finding: String
  /// What to do about it.
  var remedy: String?

  static func fine(_ name: String, _ finding: String) -> Diagnosis {
    Diagnosis(state: .fine, name: name, finding: finding)
  }

  static func poor(_ name: String, _ finding: String, remedy: String) -> Diagnosis {
    Diagnosis(state: .poor, name: name, finding: finding, remedy: remedy)
  }

  static func failing(_ name: String, _ finding: String, remedy: String) -> Diagnosis {
    Diagnosis(state: .failing, name: name, finding: finding, remedy: remedy)
  }

  var sign: String {
    switch state {
    case .fine: "ok"
    case .poor: "--"
    case .failing: "!!"
    }
  }

  var text: String { [finding, remedy].compactMap { $0 }.joined(separator: ": ") }
}
