import Claims
import Experiments
import Foundation
import Reproduction

/// The tables of README.md and REPRODUCE.md and the papers' pages, from figures, results and the
/// papers' numbers.
struct GeneratedTables {
  /// The tables by the name that pages use.
  let byName: [String: String]
  /// Pages, by where they lie below the root of the repository.
  let pages: [(path: String, text: String)]
  /// The pictures that lie beside them.
  let pictures: [KeptPicture]

  init(data: DataFolder, figures: [FigureExecutable]) throws {
    let results = ResultsFolder(in: data)
    let folder = figures.first?.url.deletingLastPathComponent()
    let ledger = try ClaimsLedger(
      of: data, figures: folder ?? FigureExecutable.executableFolder)
    let summaries = try [ResultsFolder.Part.published, .own].flatMap { part in
      try results.files(in: part).map { try FigureSummary.read($0) }
    }
    let timings = try FigureTiming.read(results.timings)
    let times = try results.timesFiles().map { try TrainingTimes.read($0) }
    let errata = try Erratum.all(in: data)
    let history = try VerdictHistory.read(results.verdicts)
    let descriptions = figures.map(\.description)
    let folders = descriptions.map(\.paper).reduce(into: [String]()) {
      if !$0.contains($1) { $0.append($1) }
    }
    let papers = try folders.map { paper in
      let own = descriptions.filter { $0.paper == paper }
      let names = Set(own.map(\.name))
      return PaperPage(
        paper: paper, values: try PaperValues.load(paper.lowercased(), from: data), figures: own,
        entries: ledger.entries.filter { $0.claim.paperName == paper.lowercased() },
        errata: errata.filter { $0.paper == paper }, history: history,
        summaries: summaries.filter { names.contains($0.figure) },
        timings: timings.filter { names.contains($0.figure) },
        times: times.filter { names.contains($0.figure) })
    }
    let kept = try folders.map { paper in
      PicturesPage(
        paper: paper,
        figures: try figures.filter { $0.description.paper == paper }.map {
          ($0.description, try KeptPicture.all(of: $0, in: results))
        })
    }
    pages = papers.flatMap(\.pages) + kept.map { ($0.path, $0.markdown) }
    pictures = kept.flatMap { $0.figures.flatMap(\.pictures) }
    let table = ClaimsTable(ledger)
    byName = [
      "figures": Self.figures(descriptions),
      "summary": table.summary,
      "claims": table.markdown + "\n" + Self.links(ledger, folders),
      "costs": BudgetCosts(timings).markdown,
      "papers": papers.map {
        "- [\($0.paper)](\($0.path)), [pictures](\(PicturesPage.path(of: $0.paper))): "
          + "\($0.values.reference)\n"
      }.joined(),
    ]
  }

  /// Where the names of figures in the table of claims lead: to their pictures.
  private static func links(_ ledger: ClaimsLedger, _ folders: [String]) -> String {
    let targets = ledger.entries.map { "\($0.claim.paperName)/\($0.claim.target)" }
    return Set(targets).sorted().map { name in
      let parts = name.split(separator: "/")
      let folder = folders.first { $0.lowercased() == parts[0] } ?? String(parts[0])
      return "[\(parts[1])]: \(PicturesPage.path(of: folder))#\(parts[1].lowercased())\n"
    }.joined()
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
}
