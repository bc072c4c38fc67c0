import Claims
import Experiments
import Foundation
import Reproduction

/// A figure's executable beside this one, asked through its command line.
struct FigureExecutable {
  /// The file.
  let url: URL
  /// What it says about itself.
  let description: FigureDescription

  var name: String { description.name }

  /// The figures in a folder, by paper and name; those that do not answer are named in a warning.
  static func all(
    in folder: URL = executableFolder, warn: (String) -> Void = RefigureTool.complain
  ) -> [FigureExecutable] {
    names(in: folder).compactMap { name in
      do {
        return try FigureExecutable(named: name, in: folder)
      } catch {
        warn("warning: \(error)")
        return nil
      }
    }.sorted { ($0.description.paper, $0.name) < ($1.description.paper, $1.name) }
  }

  /// The figures of the given names, or all of them.
  static func named(
    _ names: [String], in folder: URL = executableFolder
  ) throws -> [FigureExecutable] {
    guard !names.isEmpty else {
      let all = all(in: folder)
      guard !all.isEmpty else {
        throw FigureError.failed("no figures lie in \(folder.path); build them: swift build")
      }
      return all
    }
    return try names.map { try FigureExecutable(named: $0, in: folder) }
  }

  init(named name: String, in folder: URL = executableFolder) throws {
    url = folder.appending(path: name)
    guard Self.isFigure(url) else {
      let known = Self.names(in: folder).joined(separator: ", ")
      throw FigureError.usage("there is no figure \(name) in \(folder.path); there are: \(known)")
    }
    let answer = try Child.output(of: url, ["--describe"])
    guard answer.code == 0,
      let description = try? CanonicalJSON.decode(
        FigureDescription.self, from: Data(answer.output.utf8))
    else {
      throw FigureError.failed("\(url.path) does not answer --describe; build it again")
    }
    self.description = description
  }

  /// The runs that it needs, with options as on its command line.
  func runs(_ options: [String]) throws -> [RunListing] {
    let answer = try Child.output(of: url, ["--list-runs"] + options)
    guard answer.code == 0 else { throw FigureError.failed("\(name) cannot list its runs") }
    return try answer.output.split(separator: "\n").map { line in
      guard let listing = RunListing(line: String(line)) else {
        throw FigureError.failed("\(name) lists “\(line)”, which is no run; build it again")
      }
      return listing
    }
  }

  /// The verdicts that follow from the results in a file.
  func findings(in file: URL) throws -> [Finding] {
    let answer = try Child.output(of: url, ["--judge", file.path])
    guard answer.code == 0 else { throw FigureError.failed("\(name) cannot judge \(file.path)") }
    return try CanonicalJSON.decode([Finding].self, from: Data(answer.output.utf8))
  }

  /// The figure's JSON file as it is kept with the source.
  func abridged(_ file: URL) throws -> Data {
    let answer = try Child.output(of: url, ["--abridge", file.path])
    guard answer.code == 0 else { throw FigureError.failed("\(name) cannot read \(file.path)") }
    return Data(answer.output.utf8)
  }

  /// The folder of this process's executable.
  static var executableFolder: URL {
    let url = Bundle.main.executableURL ?? URL(filePath: CommandLine.arguments[0])
    return url.resolvingSymlinksInPath().deletingLastPathComponent()
  }

  /// Executables that are named as figures, tables and theorems are.
  private static func names(in folder: URL) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.sorted().filter { isFigure(folder.appending(path: $0)) }
  }

  private static func isFigure(_ url: URL) -> Bool {
    var isFolder: ObjCBool = false
    return url.lastPathComponent.wholeMatch(of: /(fig|table|theorem)[A-Za-z0-9-]*/) != nil
      && FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
      && !isFolder.boolValue && FileManager.default.isExecutableFile(atPath: url.path)
  }
}
