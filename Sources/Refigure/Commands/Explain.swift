import ArgumentParser
import Claims
import Experiments
import Foundation
import Reproduction

/// Says what a picture shows and what made it.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Says what a picture shows, what made it, and what it says on the paper's claims.")

  @Argument(help: ArgumentHelp("A PNG file of a figure.", valueName: "x.png")) var picture: String
  @OptionGroup var place: OutputPlace
  @Flag(help: "Print it as JSON, for other programs, and nothing else.") var json = false

  /// The answer to `--json`.
  private struct Report: Encodable {
    struct Run: Encodable {
      var key: RunKey
      var state: String
    }

    let version = 1
    var title: String
    var provenance: Provenance
    var runs: [Run]
    var claims: [Finding]
    var command: String
  }

  func run() throws {
    let picture = try PicturedFigure(picture)
    let provenance = picture.provenance
    guard !json else {
      return try JSONAnswer.write(
        Report(
          title: picture.title, provenance: provenance,
          runs: try provenance.runs.map {
            Report.Run(key: $0, state: try state(of: place.runs.stored($0)))
          }, claims: picture.claims, command: picture.command))
    }
    try StandardOutput.writeLine("\(picture.title)\n")
    var table = TextTable()
    table.append("figure", provenance.figure)
    table.append("package", "\(provenance.package), engine \(provenance.engine)")
    for (name, value) in provenance.settings.sorted(by: { $0.key < $1.key }) {
      table.append(name, value)
    }
    for (name, digest) in provenance.data.sorted(by: { $0.key < $1.key }) {
      let count = digest.split(separator: " ").count
      // Stand-ins are drawn for each seed, in parts.
      table.append(
        "data \(name)", count == 1 ? "SHA-256 \(digest)" : "\(count) digests, see --json")
    }
    for (name, value) in provenance.environment.sorted(by: { $0.key < $1.key }) {
      table.append(name, value)
    }
    for key in provenance.runs {
      table.append("run \(key)", try state(of: place.runs.stored(key)))
    }
    try StandardOutput.writeLine(table.text)
    for finding in picture.claims {
      try StandardOutput.writeLine(finding.lines.joined(separator: "\n") + "\n")
    }
    try StandardOutput.writeLine("again: \(picture.command)")
  }

  private func state(of run: StoredRun) throws -> String {
    switch try run.state {
    case .finished: "stored, \(Spoken.bytes(run.size))"
    case .absent: "not stored here"
    case .unfinished(let epoch): epoch.map { "unfinished, after epoch \($0)" } ?? "begun"
    case .damaged(let reason): "damaged: \(reason)"
    }
  }
}
