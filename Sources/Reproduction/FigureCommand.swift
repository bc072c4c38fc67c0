import ArgumentParser
import Experiments
import Foundation
import Plotting

/// The command line that every figure has.
struct FigureCommand<F: Figure>: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: F.name,
      abstract: "\(F.identity.title) (\(F.identity.paper)). \(F.identity.summary)",
      discussion: """
        EXAMPLES
          swift run \(F.name)
          swift run \(F.name) --budget smoke
          swift run \(F.name) --seeds 10 --format png,pdf
          swift run \(F.name) --list-runs

        A second call only draws: runs are stored, shared between figures, and go on after an \
        interruption where they were.

        EXIT CODES
          0 done   1 error   2 wrong command line   3 the data are not here   130 interrupted

        Where the data are not here --list-runs prints {"dataAbsent":"…"} and ends with 3.
        """,
      version: "\(F.name) \(PackageVersion.current) (engine \(EngineVersion.current))",
      helpNames: [.long, .customShort("h")])
  }

  @Option(help: "How much to compute.") var budget = Budget.standard
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The number of seeds (default: by budget).", valueName: "count"))
  var seeds: Int?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The first seed; the others follow it.", valueName: "base"))
  var seed: UInt64 = 0
  @Option(
    help: ArgumentHelp(
      "The paper's settings to use\(Self.list(F.identity.presets)).", valueName: "name"))
  var preset: String?
  @Option(
    help: ArgumentHelp("The images to use\(Self.list(Self.dataChoices)).", valueName: "name"))
  var data: String?
  @Option(help: ArgumentHelp("Where published images lie.", valueName: "path"))
  var dataRoot: String?
  @Option(
    help: ArgumentHelp(
      "Where figures and runs go (default: Output in the package's folder).", valueName: "folder"))
  var output: String?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How many threads compute (default: all cores).", valueName: "count"))
  var threads: Int?
  @Option(help: ArgumentHelp("Formats of the picture: png,pdf,svg.", valueName: "list"))
  var format = "png"
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The picture's width: column (3.25 in), text (6.75 in) or inches; letters keep their size.",
      valueName: "width"))
  var width: String?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Pixels per inch of a PNG, 50 to 600.", valueName: "number"))
  var dpi = Style.dotsPerInch
  @Flag(help: "Print what this figure is, as JSON, and end.") var describe = false
  @Flag(help: "Print the runs it needs, one line of JSON each, and end.") var listRuns = false
  @Option(
    help: ArgumentHelp(
      "Print the verdicts that follow from the results in a JSON file, as JSON, and end.",
      valueName: "file"))
  var judge: String?
  @Option(
    help: ArgumentHelp(
      "Print a JSON file of this figure without what only the picture needs, and end.",
      valueName: "file"))
  var abridge: String?
  @Option(
    help: ArgumentHelp(
      "With --abridge: add the seeds of another JSON file of this figure, computed in the same way.",
      valueName: "file"))
  var join: String?
  @Option(
    help: ArgumentHelp(
      "Write the files of the results in a JSON file, as kept in Data/results, and end.",
      valueName: "file"))
  var render: String?
  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Do one run, by key or index, and end; more by naming it again.", valueName: "key"))
  var run: [String] = []
  @Option(
    help: "Compare the metrics with the golden values of the smoke budget, or write those.")
  var golden: GoldenMode?
  @Flag(help: "Time the trainings that it compares, in turns on one core, and end.")
  var times = false
  @Flag(help: "Do all runs again, stored or not.") var force = false
  @Flag(help: "Say nothing but warnings and errors.") var quiet = false

  /// What `--data` may say.
  static var dataChoices: [String] {
    F.identity.dataSets.isEmpty ? [] : ["stand-ins", "published"] + F.identity.dataSets
  }

  private static func list(_ names: [String]) -> String {
    names.isEmpty ? "" : ": " + names.joined(separator: ", ")
  }
}

extension Budget: ExpressibleByArgument {}
extension GoldenMode: ExpressibleByArgument {}

extension FigureCommand {
  /// The options, each checked.
  func options() throws -> FigureOptions {
    let count = seeds ?? preset.flatMap(F.seedCount(ofPreset:)) ?? F.seedCount(within: budget)
    guard 1...10_000 ~= count else {
      throw FigureError.usage("--seeds \(count) is not between 1 and 10000")
    }
    let largest = UInt64(Int.max) - UInt64(count)
    guard seed <= largest else {
      throw FigureError.usage("--seed \(seed) is not between 0 and \(largest)")
    }
    try Self.check(preset, "--preset", among: F.identity.presets)
    // Who asks a figure what it is may not know yet that it has no images.
    let isAskedWithoutImages = describe && F.identity.dataSets.isEmpty
    let (data, dataRoot) = isAskedWithoutImages ? (nil, nil) : (data, dataRoot)
    try Self.check(data, "--data", among: Self.dataChoices)
    if dataRoot == "" { throw FigureError.usage("--data-root names no folder") }
    let root = dataRoot.map { URL(filePath: $0, directoryHint: .isDirectory) }
    if let root, !Self.isFolder(root) {
      throw FigureError.usage("--data-root \(root.path) is not a folder")
    }
    guard root == nil || data != nil else {
      throw FigureError.usage("--data-root needs --data, which says what lies there")
    }
    return FigureOptions(
      budget: budget, seeds: (0..<UInt64(count)).map { seed + $0 }, preset: preset,
      data: data.map(DataChoice.init) ?? .standIns, dataRoot: root)
  }

  /// The formats, each once, in the order given.
  func formats() throws -> [PageFormat] {
    try format.split(separator: ",", omittingEmptySubsequences: false).reduce(into: []) {
      formats, name in
      guard let format = PageFormat(rawValue: String(name)) else {
        throw FigureError.usage(
          name.isEmpty
            ? "--format names no format where one should be: png, pdf, svg"
            : "--format \(name) is none of png, pdf, svg")
      }
      if !formats.contains(format) { formats.append(format) }
    }
  }

  /// The width of the picture in inches, if it is not its own.
  func pageWidth() throws -> Double? {
    guard let width else { return nil }
    guard F.Drawing.hasFreeWidth else {
      throw FigureError.usage("--width is for pictures; \(F.name) is a table, as wide as its words")
    }
    switch width {
    case "column": return Picture.columnWidth
    case "text": return Picture.textWidth
    default:
      guard let inches = Double(width), 2...20 ~= inches else {
        throw FigureError.usage("--width \(width) is neither column, text nor inches from 2 to 20")
      }
      return inches
    }
  }

  /// Pixels per inch of a PNG.
  func dotsPerInch() throws -> Double {
    guard 50...600 ~= dpi else {
      throw FigureError.usage("--dpi \(dpi) is not between 50 and 600")
    }
    return dpi
  }

  /// The number of workers.
  func workers() throws -> Int {
    let count = threads ?? MachineLimits.current.cores
    guard 1...1024 ~= count else {
      throw FigureError.usage("--threads \(count) is not between 1 and 1024")
    }
    return count
  }

  private static func check(_ name: String?, _ flag: String, among names: [String]) throws {
    guard let name, !names.contains(name) else { return }
    throw FigureError.usage(
      names.isEmpty
        ? "\(F.name) has no \(flag) to choose"
        : "\(flag) \(name) is none of \(names.joined(separator: ", "))")
  }

  private static func isFolder(_ url: URL) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
      && isFolder.boolValue
  }
}
