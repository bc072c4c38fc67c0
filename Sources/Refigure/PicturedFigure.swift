import Claims
import Experiments
import Foundation
import Imaging
import Reproduction

/// A figure's PNG file with what it carries: provenance, verdicts, the plotted numbers.
struct PicturedFigure {
  /// The whole file.
  let bytes: Data
  let title: String
  let provenance: Provenance
  let claims: [Finding]
  /// The plotted series.
  let csv: String

  /// The figure in a file.
  init(_ path: String) throws {
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw FigureError.failed("cannot read \(path); is there such a file?")
    }
    let texts = Dictionary(
      try Self.texts(inFile: path).map { ($0.keyword, $0.text) },
      uniquingKeysWith: { first, _ in first })
    if let results = texts[KeptPicture.place] {
      let figure = URL(filePath: results).lastPathComponent.prefix { $0 != "." }
      throw FigureError.failed(
        "\(path) is a small picture of kept results, which tell what made them; the whole one: "
          + "swift run \(figure) --render \(results)")
    }
    guard let json = texts["Provenance"], let csv = texts["Data"] else {
      throw FigureError.failed(
        "\(path) does not say what made it: it is no figure of this package, or a program has "
          + "removed the PNG's texts")
    }
    do {
      provenance = try CanonicalJSON.decode(Provenance.self, from: Data(json.utf8))
      claims = try CanonicalJSON.decode(
        [Finding].self, from: Data((texts["Claims"] ?? "[]").utf8))
    } catch {
      throw FigureError.failed("\(path) is of a version of this package that is not understood")
    }
    self.bytes = bytes
    self.csv = csv
    title = texts["Title"] ?? provenance.figure
  }

  private static func texts(inFile path: String) throws -> [PNG.Text] {
    do {
      return try PNG.texts(inFile: path)
    } catch ImageError.notAnImage {
      throw FigureError.failed(
        "\(path) is no PNG; name the picture itself, which says what made it")
    }
  }

  /// The options that it was made with.
  var options: FigureOptions {
    get throws {
      guard let options = provenance.options else {
        throw FigureError.failed("the picture does not say with which options it was made")
      }
      return options
    }
  }

  /// The command that makes it again.
  var command: String {
    get throws {
      (["swift run", provenance.figure] + (try options.arguments)).joined(separator: " ")
    }
  }

  /// Where another picture differs: provenance, verdicts, then rows of the plotted numbers.
  func differences(from other: PicturedFigure) throws -> [String] {
    func flat(_ value: some Encodable) throws -> FlatJSON {
      FlatJSON(try CanonicalJSON.encode(value))
    }
    var lines = try flat(provenance).differences(from: flat(other.provenance)).map(\.description)
    for finding in claims {
      let new = other.claims.first { $0.claim.id == finding.claim.id }?.verdict
      if new != finding.verdict {
        lines.append(
          "\(finding.claim.id): \(finding.verdict.rawValue) → \(new?.rawValue ?? "none")")
      }
    }
    let (old, new) = (csv.split(separator: "\n"), other.csv.split(separator: "\n"))
    for row in 0..<max(old.count, new.count) {
      let a = row < old.count ? String(old[row]) : "–"
      let b = row < new.count ? String(new[row]) : "–"
      if a != b { lines.append("row \(row): \(a) → \(b)") }
    }
    return lines
  }
}
