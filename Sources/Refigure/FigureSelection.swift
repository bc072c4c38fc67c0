import ArgumentParser
import Experiments
import Foundation
import Reproduction

/// Which figures, with which of their options.
struct FigureSelection: ParsableArguments {
  @Argument(help: ArgumentHelp("The figures (default: all).", valueName: "figure"))
  var figures: [String] = []
  @Option(help: "How much to compute.") var budget = Budget.standard
  @Option(help: ArgumentHelp("The number of seeds.", valueName: "count")) var seeds: Int?
  @Option(help: ArgumentHelp("The paper's settings to use.", valueName: "name"))
  var preset: String?
  @Option(help: ArgumentHelp("The data set to use.", valueName: "name")) var data: String?
  @Option(help: ArgumentHelp("Where the data set lies.", valueName: "path")) var dataRoot: String?
  @OptionGroup var place: OutputPlace

  func validate() throws {
    if dataRoot == "" { throw ValidationError("--data-root names no folder") }
  }

  /// The options for a figure's command line.
  var arguments: [String] { settings + ["--output", place.output.path] }

  /// What is asked of one of the figures: where all are asked, those without images are not asked
  /// for images.
  func asked(of figure: FigureDescription) -> FigureSelection {
    guard figures.isEmpty, figure.dataSets.isEmpty else { return self }
    var own = self
    (own.data, own.dataRoot) = (nil, nil)
    return own
  }

  /// The same, for a command line that is read in another folder.
  var absoluteArguments: [String] {
    var absolute = self
    absolute.dataRoot = dataRoot.map { URL(filePath: $0).absoluteURL.standardizedFileURL.path }
    return absolute.settings + ["--output", place.output.standardizedFileURL.path]
  }

  /// Those of the options that may change a number.
  var settings: [String] {
    var arguments = ["--budget", budget.rawValue]
    for (flag, value) in [
      ("--seeds", seeds.map(String.init)), ("--preset", preset), ("--data", data),
      ("--data-root", dataRoot),
    ] {
      if let value { arguments += [flag, value] }
    }
    return arguments
  }

  /// What is computed: the preset's name, or else the budget's.
  var extent: String { preset ?? budget.rawValue }
}

/// Where figures and runs are.
struct OutputPlace: ParsableArguments {
  @Option(
    name: .customLong("output"),
    help: ArgumentHelp(
      "Where figures and runs are (default: Output in the package's folder).",
      valueName: "folder"))
  var folder: String?

  func validate() throws {
    if folder == "" { throw ValidationError("--output names no folder") }
  }

  /// The folder.
  var output: URL {
    let workingDirectory = URL(
      filePath: FileManager.default.currentDirectoryPath, directoryHint: .isDirectory)
    return folder.map {
      URL(filePath: $0, directoryHint: .isDirectory, relativeTo: workingDirectory).absoluteURL
    } ?? ProjectFolder.output(from: workingDirectory)
  }

  /// The runs in it.
  var runs: RunStore {
    RunStore(folder: output.appending(path: "runs"), progress: .standardError(isQuiet: true))
  }
}
