import Claims
import Experiments
import Foundation
import Reproduction

/// The tables of README.md and REPRODUCE.md, from figures, results and the papers' numbers.
struct GeneratedTables {
  /// The tables by the name that pages use.
  let byName: [String: String]

  init(data: DataFolder, figures: [FigureExecutable]) throws {
    let results = ResultsFolder(in: data)
    let summaries = try results.files().map { try FigureSummary.read($0) }
    let folder = figures.first?.url.deletingLastPathComponent()
    let ledgers = try Ledgers(
      of: results, figures: folder ?? FigureExecutable.executableFolder)
    let descriptions = figures.map(\.description)
    let papers = try PaperValues.papers.map { try PaperValues.load($0, from: data) }
    byName = [
      "figures": Self.figures(descriptions),
      "costs": CostTable(try FigureTiming.read(results.timings)).markdown,
      "claims": Self.claims(ledgers),
      "commands": Self.commands(descriptions, ledgers),
      "departures": Self.departures(descriptions),
      "errata": Self.errata(try Erratum.all(in: data), descriptions),
      "paper-values": PaperTable(papers, descriptions, summaries).markdown,
      "training-times": TrainingTimesTable(
        try results.timesFiles().map { try TrainingTimes.read($0) }
      ).markdown,
      "verdicts": Self.reasons(try VerdictHistory.read(results.verdicts)),
    ]
  }

  private static func figures(_ figures: [FigureDescription]) -> String {
    Markdown.table(
      ["figure", "paper", "what it shows", "data"],
      figures.map { figure in
        [
          "`\(figure.name)`", figure.paper, figure.summary,
          figure.dataSets.isEmpty ? "none" : figure.dataSets.joined(separator: ", "),
        ]
      })
  }

  private static func claims(_ ledgers: Ledgers) -> String {
    guard !ledgers.extents.isEmpty else { return "No results are kept yet.\n" }
    return ledgers.extents.map { extent in
      "At \(extent):\n\n" + (ledgers.byExtent[extent]?.markdown ?? "")
    }.joined(separator: "\n")
  }

  /// Claim → command → verdict.
  private static func commands(_ figures: [FigureDescription], _ ledgers: Ledgers) -> String {
    let rows = figures.flatMap { figure in
      figure.claims.map { claim in
        let verdicts = ledgers.extents.compactMap { extent in
          ledgers.byExtent[extent]?.findings.first { $0.claim.id == claim.id }
            .map { "\($0.verdict.rawValue) (\($0.setting(at: extent)))" }
        }
        return [
          "`\(claim.id)`",
          "`swift run \(figure.name)"
            + (claim.smallestBudget == .standard
              ? "`" : " --budget \(claim.smallestBudget.rawValue)`"),
          verdicts.isEmpty ? "not run yet" : verdicts.joined(separator: "<br>"),
        ]
      }
    }
    return Markdown.table(["claim", "command", "verdict"], rows)
  }

  private static func departures(_ figures: [FigureDescription]) -> String {
    figures.filter { !$0.departures.isEmpty }.map { figure in
      "`\(figure.name)`\n\n" + figure.departures.map { "- \($0)\n" }.joined()
    }.joined(separator: "\n")
  }

  private static func errata(_ errata: [Erratum], _ figures: [FigureDescription]) -> String {
    let papers = Set(figures.map(\.paper))
    return Markdown.table(
      ["", "paper", "place", "problem", "what is computed here"],
      errata.filter { papers.contains($0.paper) }.map {
        [$0.id, $0.paper, $0.place, $0.problem, $0.reading]
      })
  }

  private static func reasons(_ history: VerdictHistory) -> String {
    Markdown.table(
      ["claim", "computed", "verdict", "because"],
      history.entries.map {
        ["`\($0.claim)`", $0.extent, $0.verdict?.rawValue ?? "no longer judged", $0.because]
      })
  }
}

/// Tables as Markdown.
enum Markdown {
  /// A table, or a sentence if it has no rows.
  static func table(_ header: [String], _ rows: [[String]]) -> String {
    guard !rows.isEmpty else { return "None yet.\n" }
    func line(_ cells: [String]) -> String {
      let escaped = cells.map {
        $0.replacing("|", with: "\\|").replacing("\n", with: " ")
      }
      return "| " + escaped.joined(separator: " | ") + " |\n"
    }
    return line(header) + "|" + String(repeating: "---|", count: header.count) + "\n"
      + rows.map(line).joined()
  }
}
