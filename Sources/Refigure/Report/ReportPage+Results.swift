import Claims
import Foundation
import Reproduction

extension ReportPage {
  /// The page that follows from the kept results of some figures.
  ///
  /// - Parameters:
  ///   - data: The `Data` folder, with the results and the papers' numbers.
  ///   - figures: The figures.
  ///   - kept: Their kept results, by figure.
  /// - Throws: What cannot be read or judged.
  init(
    of data: DataFolder, figures: [FigureExecutable], kept: [String: [KeptFigure]]
  ) throws {
    let results = ResultsFolder(in: data)
    let folder = figures.first?.url.deletingLastPathComponent()
    let ledger = try ClaimsLedger(
      of: data, figures: folder ?? FigureExecutable.executableFolder)
    let timings = try FigureTiming.read(results.timings)
    let shown = Set(figures.map(\.name))
    let claims = ledger.entries.map {
      ReportClaim($0, isShown: shown.contains($0.claim.target))
    }
    var papers: [Paper] = []
    var sheet = PictureSheet()
    for name in figures.map(\.description.paper)
    where !papers.contains(where: { $0.folder == name }) {
      let values = try PaperValues.load(name.lowercased(), from: data)
      var own: [ReportFigure] = []
      for figure in figures where figure.description.paper == name {
        own.append(
          try ReportFigure(
            figure.description,
            kept: Self.shown(of: kept[figure.name] ?? []),
            claims: claims.filter { $0.target == figure.name && $0.paper == name },
            paper: values, on: &sheet))
      }
      papers.append(Paper(folder: name, citation: values.reference, figures: own))
    }
    self.init(claims: claims, papers: papers, timings: timings, sheet: sheet)
  }

  /// Of a figure's results, best first, those that answer best on published images and without: what
  /// a smaller budget says beside them is on the paper's page, and would make this one too large.
  private static func shown(of kept: [KeptFigure]) -> [KeptFigure] {
    func isPublished(_ figure: KeptFigure) -> Bool {
      figure.summary.provenance.settings["data"] != nil
    }
    return kept.first(where: isPublished).map { [$0] + kept.filter { !isPublished($0) }.prefix(1) }
      ?? Array(kept.prefix(1))
  }
}
