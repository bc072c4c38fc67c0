import Claims
import DataSets
import Experiments
import Foundation
import Reproduction

/// A figure's executable beside this one, asked through its command line.
struct FigureExecutable: Sendable {
  /// The file.
  let url: URL
  /// What it says about itself.
  let description: FigureDescription
  /// Runs that it has listed already, with the options that it was asked with.
  private var listed: (options: [String], runs: [RunListing])?

  var name: String { description.name }

  /// The figures in a folder, by paper and name, and what is wrong with those that do not answer.
  ///
  /// If runs are going to be asked for, `selection` says for what: they are listed at the same time, since
  /// to start the programs takes longer than they do.
  static func all(
    listing selection: FigureSelection? = nil, in folder: URL = executableFolder
  ) throws -> (answering: [FigureExecutable], silent: [SilentFigure]) {
    let answers = try InOrder.map(try names(in: folder)) {
      name -> (figure: FigureExecutable?, silent: SilentFigure?) in
      do {
        return (try FigureExecutable(at: folder.appending(path: name), listing: selection), nil)
      } catch let error as FigureError {
        return (nil, SilentFigure(name: name, problem: "\(error)"))
      }
    }
    return (
      answers.compactMap(\.figure)
        .sorted { ($0.description.paper, $0.name) < ($1.description.paper, $1.name) },
      answers.compactMap(\.silent)
    )
  }

  /// The figures of the given names, or all of them; none may be silent.
  static func named(
    _ names: [String], listing selection: FigureSelection? = nil, in folder: URL = executableFolder
  ) throws -> [FigureExecutable] {
    guard names.isEmpty else {
      return try InOrder.map(names) {
        try FigureExecutable(named: $0, listing: selection, in: folder)
      }
    }
    let (answering, silent) = try all(listing: selection, in: folder)
    if let first = silent.first { throw FigureError.failed(first.problem) }
    guard !answering.isEmpty else {
      throw FigureError.failed("no figures lie in \(folder.path); build them: swift build")
    }
    return answering
  }

  /// All figures of the package, for what must leave none out.
  ///
  /// - Throws: ``FigureError`` if one is silent, or is in the sources but was not built.
  static func complete(in folder: URL = executableFolder) throws -> [FigureExecutable] {
    let figures = try named([], in: folder)
    let missing = try FigureSources.names().subtracting(figures.map(\.name)).sorted()
    guard missing.isEmpty else {
      throw FigureError.failed(
        "\(missing.joined(separator: ", ")) not built in \(folder.path), so that nobody knows what "
          + "is needed; nothing is deleted. Build all figures: swift build")
    }
    return figures
  }

  init(
    named name: String, listing selection: FigureSelection? = nil, in folder: URL = executableFolder
  ) throws {
    let known = try Self.names(in: folder)
    guard known.contains(name) else {
      throw FigureError.usage(
        "there is no figure \(name) in \(folder.path); there are: \(known.joined(separator: ", "))")
    }
    try self.init(at: folder.appending(path: name), listing: selection)
  }

  private init(at url: URL, listing selection: FigureSelection?) throws {
    self.url = url
    let answer = try Child.output(
      of: url, ["--describe"] + (selection.map { ["--list-runs"] + $0.arguments } ?? []),
      adding: Self.question,
      complaints: selection == nil ? .inherited : .collected)
    let lines = answer.output.split(separator: "\n")
    let end =
      lines.firstIndex { RunListing(line: String($0)) != nil || DataAbsenceLine(String($0)) != nil }
      ?? lines.endIndex
    guard answer.code == 0 || selection != nil && end > 0 else {
      throw FigureError.failed(
        "\(url.path) does not answer --describe \(answer.ending); build it again")
    }
    do {
      description = try CanonicalJSON.decode(
        FigureDescription.self, from: Data(lines[..<end].joined(separator: "\n").utf8))
    } catch {
      throw FigureError.failed(
        "\(url.path) answers --describe in a form of another version; build it again")
    }
    // What cannot list, or has something to say, is asked again by who wants to hear it; so is a figure
    // that has left out images that it should have refused.
    listed = nil
    guard let own = selection?.asked(of: description), answer.code == 0, answer.complaints.isEmpty,
      own.data == nil || !description.dataSets.isEmpty
    else { return }
    listed = (own.arguments, try Self.listings(lines[end...], of: description.name))
  }

  /// The runs that it needs, with options as on its command line.
  ///
  /// - Throws: ``FigureError/dataAbsent(_:)`` if it says that the data are not here.
  func runs(_ options: [String]) throws -> [RunListing] {
    if let listed, listed.options == options { return listed.runs }
    let answer = try Child.output(
      of: url, ["--list-runs"] + options, adding: Self.question, complaints: .collected)
    if answer.code == FigureError.dataAbsentCode,
      let absence = DataAbsenceLine(answer.output)
    {
      throw FigureError.dataAbsent("\(name): \(absence.dataAbsent)")
    }
    if !answer.complaints.isEmpty {
      RefigureTool.complain(answer.complaints.trimmingCharacters(in: .newlines))
    }
    guard answer.code == 0 else {
      throw FigureError.failed("\(name) cannot list its runs \(answer.ending)")
    }
    return try Self.listings(answer.output.split(separator: "\n")[...], of: name)
  }

  private static func listings(
    _ lines: ArraySlice<Substring>, of name: String
  ) throws -> [RunListing] {
    try lines.map { line in
      guard let listing = RunListing(line: String(line)) else {
        throw FigureError.failed("\(name) lists “\(line)”, which is no run; build it again")
      }
      return listing
    }
  }

  /// What this process asks its figures is one question: images are looked for once.
  private static let question = [ImageCache.questionVariable: UUID().uuidString]

  /// The verdicts that follow from the results in a file.
  func findings(in file: URL) throws -> [Finding] {
    let answer = try Child.output(of: url, ["--judge", file.path])
    guard answer.code == 0 else {
      throw FigureError.failed("\(name) cannot judge \(file.path) \(answer.ending)")
    }
    return try CanonicalJSON.decode([Finding].self, from: Data(answer.output.utf8))
  }

  /// The figure's JSON file as it is kept with the source, with the seeds of one that is kept.
  func abridged(_ file: URL, joining kept: URL? = nil) throws -> Data {
    let answer = try Child.output(
      of: url, ["--abridge", file.path] + (kept.map { ["--join", $0.path] } ?? []))
    guard answer.code == 0 else {
      throw FigureError.failed("\(name) cannot read \(file.path) \(answer.ending)")
    }
    return Data(answer.output.utf8)
  }

  /// Has the figure draw the results in a file, into a folder.
  func render(_ file: URL, _ flags: [String], into folder: URL) throws {
    let answer = try Child.output(
      of: url, ["--render", file.path, "--output", folder.path, "--quiet"] + flags)
    guard answer.code == 0 else {
      throw FigureError.failed("\(name) cannot draw \(file.path) \(answer.ending)")
    }
  }

  /// The folder of this process's executable.
  static var executableFolder: URL {
    let url = Bundle.main.executableURL ?? URL(filePath: CommandLine.arguments[0])
    return url.resolvingSymlinksInPath().deletingLastPathComponent()
  }

  /// Executables that are named as figures, tables and theorems are.
  ///
  /// In a package's own build they are those of its sources: what was built of another branch lies
  /// beside them for ever.
  private static func names(in folder: URL) throws -> [String] {
    let sources = try ProjectFolder.containing(folder).map(FigureSources.names) ?? []
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().filter {
      isFigure(folder.appending(path: $0)) && (sources.isEmpty || sources.contains($0))
    }
  }

  /// Whether something is named as figures, tables and theorems are.
  static func isName(_ name: String) -> Bool {
    ["fig", "table", "theorem"].contains { name.hasPrefix($0) }
      && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) || $0 == "-" }
  }

  private static func isFigure(_ url: URL) -> Bool {
    var isFolder: ObjCBool = false
    return isName(url.lastPathComponent)
      && FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
      && !isFolder.boolValue && FileManager.default.isExecutableFile(atPath: url.path)
  }
}

/// A figure's executable that does not say what it is.
struct SilentFigure: Sendable {
  var name: String
  /// What is wrong with it, and what to do.
  var problem: String
}
