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
  @Option(
    help: ArgumentHelp(
      "Also write the verdicts as JUnit's XML: one that changed without a reason has failed, one "
        + "that is open is skipped.", valueName: "file"))
  var junit: String?

  func validate() throws {
    if junit == "" { throw ValidationError("--junit names no file") }
  }

  func run() throws {
    let data = try DataFolder.located()
    let results = ResultsFolder(in: data)
    let ledger = try ClaimsLedger(of: data)
    var history = try VerdictHistory.read(results.verdicts)
    let changes = history.changes(to: ledger)
    if let junit { try JUnitReport(ledger, changes).write(to: junit) }
    if json { return try JSONAnswer.write(ClaimsReport(ledger)) }
    try StandardOutput.write(ledger.text)
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

extension JUnitReport {
  /// The verdicts, each held to the one last reported.
  init(_ ledger: ClaimsLedger, _ changes: [VerdictHistory.Change]) {
    name = "claims"
    cases = ledger.entries.map { entry in
      let text = ([entry.verdictText] + [entry.why].compactMap(\.self)).joined(separator: "; ")
      let change = changes.first { $0.claim == entry.claim.id }
      let isOpen = [.inconclusive, .notTestable].contains(entry.verdict)
      return Case(
        group: "\(entry.claim.paperName).\(entry.claim.target)",
        name: String(entry.claim.id.split(separator: "/").last ?? ""),
        outcome: change.map { .failed("\($0), without a written reason") }
          ?? (isOpen ? .skipped(text) : .passed),
        output: "\(entry.claim.summary): \(text)")
    }
    let listed = Set(ledger.entries.map(\.claim.id))
    cases += changes.filter { !listed.contains($0.claim) }.map {
      Case(group: "no longer listed", name: $0.claim, outcome: .failed("\($0)"))
    }
  }
}
