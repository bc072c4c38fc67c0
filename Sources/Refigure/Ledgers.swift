import Claims
import Experiments
import Foundation
import Reproduction

/// The verdicts that follow from all kept results, judged anew by the figures as they now are.
struct Ledgers {
  /// A ledger for every budget or preset that there are results of.
  let byExtent: [String: ClaimsLedger]

  /// The ledgers of the results in a folder.
  init(
    of results: ResultsFolder, figures folder: URL = FigureExecutable.executableFolder
  ) throws {
    var findings: [String: [Finding]] = [:]
    for file in try results.files() {
      let summary = try FigureSummary.read(file)
      guard
        file.lastPathComponent
          == results.file(of: summary.figure, summary.extent).lastPathComponent
      else {
        throw FigureError.failed(
          "\(file.path) holds \(summary.figure) (\(summary.extent)); keep it under that name")
      }
      let figure = try FigureExecutable(named: summary.figure, in: folder)
      findings[summary.extent, default: []] += try figure.findings(in: file)
    }
    byExtent = findings.mapValues { ClaimsLedger($0) }
  }

  /// The extents in the order of their size; presets last.
  var extents: [String] {
    let budgets = Budget.allCases.map(\.rawValue)
    return budgets.filter { byExtent[$0] != nil }
      + byExtent.keys.filter { !budgets.contains($0) }.sorted()
  }

  /// All findings with their corrected verdicts, for a terminal.
  var text: String {
    let lines = extents.flatMap { extent in
      (byExtent[extent]?.findings ?? []).map { "\($0)\n" }
    }
    return lines.isEmpty
      ? "no results are kept yet: make figures, then refigure keep\n" : lines.joined()
  }
}
