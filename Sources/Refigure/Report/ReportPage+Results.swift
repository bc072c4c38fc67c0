import Claims
import Foundation
import Reproduction

extension ReportPage {
  /// The page that follows from the kept results of some figures.
  ///
  /// - Parameters:
  ///   - data: The `Data` folder, with the results and the papers' numbers.
  ///   - figures: The figures; each draws its own results.
  ///   - dataRoot: Where published images lie, for telling whether results of them are current.
  init(of data: DataFolder, figures: [FigureExecutable], dataRoot: URL? = nil) throws {
    let results = ResultsFolder(in: data)
    let folder = figures.first?.url.deletingLastPathComponent()
    let ledger = try ClaimsLedger(
      of: data, figures: folder ?? FigureExecutable.executableFolder)
    let timings = try FigureTiming.read(results.timings)
    let files = try [ResultsFolder.Part.published, .own].flatMap { try results.files(in: $0) }
    let filesByFigure = Dictionary(grouping: files) {
      String($0.lastPathComponent.prefix { $0 != "." })
    }
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
          ReportFigure(
            figure.description,
            kept: try (filesByFigure[figure.name] ?? []).map {
              try KeptFigure(figure, in: $0, dataRoot: dataRoot, timings: timings)
            },
            claims: claims.filter { $0.target == figure.name && $0.paper == name },
            paper: values, on: &sheet))
      }
      papers.append(Paper(folder: name, citation: values.reference, figures: own))
    }
    self.init(claims: claims, papers: papers, timings: timings, sheet: sheet)
  }
}
