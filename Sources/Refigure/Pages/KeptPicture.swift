import Experiments
import Foundation
import Imaging
import Reproduction

/// The picture of results that are kept, drawn small, as it lies in the repository.
///
/// It says of which results it is, so that whether it is current is seen without drawing.
struct KeptPicture: Sendable {
  /// Where all of them lie, below the root of the repository, with a page for each paper.
  static let folder = "Documentation/Pictures"
  /// Letters can be read, and a hundred pictures stay within a few megabytes.
  private static let dotsPerInch = "100"
  /// Of the text that says where the results are kept.
  static let place = "Results"
  /// Of the text that is their digest.
  private static let digest = "SHA-256 of results"

  let figure: FigureExecutable
  /// Where the results are kept.
  let results: URL
  let summary: FigureSummary
  /// Where it lies in the folder: `published/fig5-coherence.overnight.png`.
  let name: String

  /// The pictures of everything that is kept of a figure, those that answer best first.
  static func all(of figure: FigureExecutable, in results: ResultsFolder) throws -> [KeptPicture] {
    let parts: [ResultsFolder.Part] = [.published, .own]
    return try parts.flatMap { part in
      try results.files(in: part)
        .filter { $0.lastPathComponent.prefix { $0 != "." } == figure.name }
        .map { file in
          let stem = file.deletingPathExtension().lastPathComponent
          return KeptPicture(
            figure: figure, results: file, summary: try FigureSummary.read(file),
            name: (part == .own ? "" : part.rawValue + "/") + stem + ".png")
        }
    }.sorted { $0.summary.rank > $1.summary.rank }
  }

  /// Where it lies in a repository.
  func file(in root: URL) -> URL { root.appending(path: "\(Self.folder)/\(name)") }

  /// Whether the file is of the results as they are kept; what cannot be read is not.
  func isCurrent(in root: URL) throws -> Bool {
    let texts = try? PNG.texts(inFile: file(in: root).path)
    return texts?.contains(try digest()) == true
  }

  /// Draws the results anew.
  ///
  /// - Returns: The bytes of the file.
  /// - Throws: ``FigureError`` if the figure cannot draw what is kept.
  func drawn() throws -> Data {
    let scratch = ScratchFolder()
    defer { scratch.remove() }
    try figure.render(results, ["--format", "png", "--dpi", Self.dotsPerInch], into: scratch.url)
    // Everything else that a picture carries stands in the results themselves.
    let bytes = try Data(contentsOf: scratch.url.appending(path: "figures/\(figure.name).png"))
    return Data(
      PNG.replacingTexts(
        in: [UInt8](bytes),
        with: [PNG.Text("Title", summary.title), PNG.Text(Self.place, path), try digest()]))
  }

  /// Where the results are, below the root of the repository.
  private var path: String {
    "Data/results/" + name.replacing(/png$/, with: "json")
  }

  private func digest() throws -> PNG.Text {
    PNG.Text(Self.digest, sha256(try Data(contentsOf: results)))
  }
}

extension FigureSummary {
  /// How well results answer, for putting them in order: published images before stand-ins, of these
  /// the larger budget first; last what lacks seeds.
  var rank: Int {
    guard claims.allSatisfy({ $0.basis.seeds >= $0.basis.plannedSeeds }) else { return -1 }
    let budgets = Budget.allCases.map(\.rawValue)
    let budget = budgets.firstIndex(of: extent) ?? budgets.count
    return budget + (provenance.settings["data"] == nil ? 0 : 100)
  }
}
