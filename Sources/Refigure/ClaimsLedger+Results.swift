import Claims
import Experiments
import Foundation
import Reproduction

extension ClaimsLedger {
  /// The verdicts that follow from all kept results, judged anew by the figures as they now are.
  ///
  /// - Parameters:
  ///   - data: The `Data` folder, with the results and the catalogue.
  ///   - folder: Where the figures' executables lie.
  /// - Throws: What cannot be read or judged.
  init(
    of data: DataFolder, figures folder: URL = FigureExecutable.executableFolder
  ) throws {
    let results = ResultsFolder(in: data)
    func findings(_ parts: [ResultsFolder.Part]) throws -> [Finding] {
      let files = try parts.flatMap { part in
        try results.files(in: part).map { (part: part, file: $0) }
      }
      return try InOrder.map(files) { part, file in
        let summary = try FigureSummary.read(file)
        guard file == results.file(of: summary.figure, summary.extent, in: part) else {
          throw FigureError.failed(
            "\(file.path) holds \(summary.figure) (\(summary.extent)); keep it under that name")
        }
        return try FigureExecutable(named: summary.figure, in: folder).findings(in: file)
      }.flatMap(\.self)
    }
    try self.init(
      findings([.own, .published]), otherKernels: findings([.haswell]),
      of: ClaimsCatalogue.load(from: data))
  }

  /// All verdicts, a line each, for a terminal.
  var text: String {
    entries.map { entry in
      var line = "\(entry.claim.id): \(entry.verdictText)"
      if let finding = entry.finding {
        if let part = finding.weakestPart { line += "; " + part.summary }
        line += " (\(finding.basis.description))"
      }
      if let why = entry.why { line += "; " + why }
      return line + "\n"
    }.joined()
  }
}
