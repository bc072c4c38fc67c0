import Experiments
import Foundation
import TestSupport

@testable import Refigure

/// A place with the tool itself, a store, and figures that are scripts and answer as they are told.
final class FakeSuite {
  let folder: TemporaryFolder
  let store: RunStore

  /// How a figure answers when it is asked for its runs.
  enum Answer {
    /// With these runs, whatever the options.
    case runs([RunKey])
    /// With these on stand-ins; published data are not here.
    case standIns([RunKey])
    /// With nothing but a signal.
    case signal(Int32)
    /// Its data are not here.
    case absent
  }

  init() throws {
    folder = try TemporaryFolder()
    store = RunStore(folder: folder.url.appending(path: "Output/runs"), progress: .silent)
    try addReal("refigure")
  }

  /// Puts a real executable beside the tool.
  func addReal(_ name: String) throws {
    let built = FigureExecutable.executableFolder.appending(path: name)
    let own = folder.url.appending(path: name)
    do {
      try FileManager.default.linkItem(at: built, to: own)
    } catch {
      // Another file system.
      try FileManager.default.copyItem(at: built, to: own)
    }
  }

  /// Puts a figure beside the tool.
  func add(_ name: String, _ answer: Answer) throws {
    let real = try Child.output(
      of: FigureExecutable.executableFolder.appending(path: "fig5-coherence"), ["--describe"])
    // swift-format-ignore: NeverForceUnwrap
    var description =
      try JSONSerialization.jsonObject(with: Data(real.output.utf8)) as! [String: Any]
    description["name"] = name
    description["dataSets"] = ["published"]
    description["presets"] = ["large"]
    try folder.write(
      Array(try JSONSerialization.data(withJSONObject: description)) + [UInt8(ascii: "\n")],
      to: "\(name).description")
    let absence = #"{ echo '{"dataAbsent":"no data in here"}'; exit 3; }"#
    let list =
      switch answer {
      case .runs: "cat \(name).runs"
      case .standIns: "case \"$*\" in *--data*) \(absence) ;; *) cat \(name).runs ;; esac"
      case .signal(let number): "kill -\(number) $$"
      case .absent: absence
      }
    switch answer {
    case .runs(let keys), .standIns(let keys):
      let lines = try keys.enumerated().map { index, key in
        let description = try store.stored(key).description.map {
          String(decoding: $0, as: UTF8.self)
        }
        return #"{"index":\#(index),"key":"\#(key)","stored":true,"description":"#
          + (description ?? "{}") + "}\n"
      }
      try folder.write(Array(lines.joined().utf8), to: "\(name).runs")
    case .signal, .absent: break
    }
    try script(
      name,
      """
      case "$*" in
        *--describe*--list-runs*) cat \(name).description; \(list) ;;
        *--describe*) cat \(name).description ;;
        *) \(list) ;;
      esac
      """)
  }

  /// Has a figure say that none of its runs is stored.
  func forgetRuns(of name: String) throws {
    let file = folder.url.appending(path: "\(name).runs")
    let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    try folder.write(
      Array(text.replacing(#""stored":true"#, with: #""stored":false"#).utf8), to: "\(name).runs")
  }

  /// Puts a program beside the tool.
  func script(_ name: String, _ body: String) throws {
    try folder.writeProgram("#!/bin/sh\ncd \"$(dirname \"$0\")\"\n\(body)\n", to: name)
  }

  /// What the tool says and how it ends, both of its outputs together.
  func refigure(
    _ arguments: String, prefix: String = "", redirection: String = ""
  ) throws -> Child.Answer {
    try Child.output(
      of: URL(filePath: "/bin/sh"),
      ["-c", "cd '\(folder.url.path)'; \(prefix) ./refigure \(arguments) \(redirection)"],
      complaints: .collected)
  }
}

extension TemporaryFolder {
  /// Writes a program that can be started.
  ///
  /// Another program copies it into place: a file that this process has just written may still be
  /// open in the children that tests beside this one are starting, and then it is busy.
  func writeProgram(_ text: String, to name: String) throws {
    try write(Array(text.utf8), to: name + ".text")
    let file = url.appending(path: name).path
    let answer = try Child.output(
      of: URL(filePath: "/bin/sh"), ["-c", "cp \"$0.text\" \"$0\" && chmod 755 \"$0\"", file])
    if answer.code != 0 { throw CocoaError(.fileWriteUnknown) }
  }
}

/// Some numbers that cost nothing.
struct Count: Experiment {
  static let name = "count"
  var upTo: Int
  var seed: Int
  func run(_ context: RunContext) async throws -> [Int] { Array(0..<upTo) }
}
