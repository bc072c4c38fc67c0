import ArgumentParser
import Claims
import Experiments
import Foundation
import Reproduction

/// Judges the papers' claims.
struct Claims: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Judges the papers' claims on the results in Data/results.",
    discussion: """
      Every verdict is derived anew from the stored numbers by the rules as they now are. A verdict \
      that is not the one last reported makes the exit code 1, until it is reported with a reason.
      """)

  @Option(
    help: ArgumentHelp("Report changed verdicts, for this reason.", valueName: "reason"))
  var because: String?

  @Option(
    name: .customLong("for"),
    help: ArgumentHelp(
      "Report those of these claims alone: a claim's name or how it begins.", valueName: "claim"))
  var claims: [String] = []

  @Flag(help: "Print the verdicts as JSON, for other programs, and nothing else.") var json = false

  func run() throws {
    let data = try DataFolder.located()
    let results = ResultsFolder(in: data)
    let ledger = try ClaimsLedger(of: data)
    if json {
      let report = try CanonicalJSON.encodeForReading(ClaimsReport(ledger))
      return try StandardOutput.writeLine(String(decoding: report, as: UTF8.self))
    }
    try StandardOutput.write(ledger.text)
    var history = try VerdictHistory.read(results.verdicts)
    let changes = history.changes(to: ledger)
    guard !changes.isEmpty else { return }
    for change in changes { try StandardOutput.writeLine("\(change)") }
    let reason = because?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
    guard !reason.isEmpty else {
      throw FigureError.failed(
        "\(Spoken.count(changes.count, "verdict")) changed without a written reason; "
          + "find out why, then: refigure claims --because \"…\"")
    }
    let reported = changes.filter { change in
      claims.isEmpty || claims.contains { change.claim.hasPrefix($0) }
    }
    guard !reported.isEmpty else {
      throw FigureError.usage(
        "no verdict changed of a claim that begins with \(claims.joined(separator: ", "))")
    }
    history.record(reported, because: reason)
    try history.write(to: results.verdicts)
    try StandardOutput.writeLine(results.verdicts.path)
  }
}
