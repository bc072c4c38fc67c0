import Claims
import Experiments
import Foundation
import Reproduction
import TestSupport
import Testing

@testable import Refigure

/// The generated pages, and the picture of the README, say what the kept results say.
struct GeneratedTablesTests {
  private static func data() throws -> DataFolder { try DataFolder.located() }

  private static func tables() throws -> GeneratedTables {
    try GeneratedTables(data: data(), figures: FigureExecutable.named([]))
  }

  @Test func everyClaimHasALineAndEveryPaperItsPage() throws {
    let tables = try Self.tables()
    let catalogue = try ClaimsCatalogue.load(from: Self.data())
    let table = try #require(tables.byName["claims"])
    #expect(table.split(separator: "\n").count { $0.hasPrefix("| ") } == catalogue.claims.count + 1)
    for claim in catalogue.claims {
      #expect(table.contains("[\(claim.target)]: \(KeptPicture.folder)/"), "\(claim.id)")
      let page = try #require(
        tables.pages.first {
          $0.path.lowercased() == "documentation/verdicts/\(claim.paperName).md"
        })
      // Paragraphs are broken at words.
      let text = page.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      #expect(text.contains(claim.summary), "\(claim.id)")
    }
    for (name, table) in tables.byName { #expect(!table.contains(", )"), "\(name)") }
  }

  /// Readable by people: no endless lines, no endless pages.
  @Test func pagesStayReadable() throws {
    let root = try Self.data().url.deletingLastPathComponent()
    let pages =
      try Self.tables().pages
      + [
        (
          "REPRODUCE.md",
          try String(contentsOf: root.appending(path: "REPRODUCE.md"), encoding: .utf8)
        )
      ]
    for (name, text) in pages {
      #expect(text.utf8.count <= 30_000, "\(name)")
      for line in text.split(separator: "\n") {
        #expect(line.count <= Markdown.longestLine, "\(name): \(line.prefix(80))")
      }
    }
  }

  /// Everything that is kept has its picture, shown on a page, and drawn of what is kept now.
  @Test func everyKeptResultHasItsPicture() throws {
    let data = try Self.data()
    let root = data.url.deletingLastPathComponent()
    let tables = try Self.tables()
    let kept = try [ResultsFolder.Part.published, .own].flatMap {
      try ResultsFolder(in: data).files(in: $0)
    }
    #expect(Set(tables.pictures.map(\.results)) == Set(kept))
    let pages = tables.pages.filter { $0.path.hasPrefix(KeptPicture.folder) }.map(\.text).joined()
    var size = 0
    for picture in tables.pictures {
      #expect(try picture.isCurrent(in: root), "\(picture.name)")
      #expect(pages.contains("](\(picture.name))"), "\(picture.name)")
      size += try Data(contentsOf: picture.file(in: root)).count
    }
    #expect(size < 5_000_000)
  }

  @Test func paragraphsAreBrokenAtWords() {
    #expect(Markdown.paragraph("one two three", mark: "- ", width: 9) == "- one two\n  three\n")
    #expect(Markdown.paragraph("one two three", mark: "> ", width: 9) == "> one two\n> three\n")
    #expect(Markdown.cut("one two three", to: 9) == "one two…")
    #expect(Markdown.cut("one two", to: 7) == "one two")
  }

  /// What other programs read: every claim once, every key there.
  @Test func theReportIsWhole() throws {
    let ledger = try ClaimsLedger(of: Self.data())
    let json = try JSONSerialization.jsonObject(with: CanonicalJSON.encode(ClaimsReport(ledger)))
    let report = try #require(json as? [String: Any])
    #expect(report["version"] as? Int == 1)
    let claims = try #require(report["claims"] as? [[String: Any]])
    #expect(claims.map { $0["id"] as? String } == ledger.entries.map(\.claim.id))
    let verdicts = Set(Verdict.allCases.map(\.rawValue))
    for claim in claims {
      #expect(
        Set(claim.keys).isSuperset(of: [
          "id", "verdict", "budget", "scope", "data", "effect", "interval", "seeds", "why",
        ]))
      #expect(verdicts.contains(claim["verdict"] as? String ?? ""))
    }
  }

  /// Every claim of a figure is listed, under its paper and figure.
  @Test func figuresMakeNoClaimThatIsNotListed() throws {
    let catalogue = try ClaimsCatalogue.load(from: Self.data())
    for figure in try FigureExecutable.named([]) {
      for claim in figure.description.claims {
        let listed = try #require(catalogue[claim.id], "\(claim.id)")
        #expect(listed.target == figure.name)
        #expect(listed.paperName == figure.description.paper.lowercased())
      }
    }
  }

  /// Results kept in the wrong place, or under another name, are named.
  @Test func misplacedResultsAreNamed() throws {
    let folder = try TemporaryFolder()
    let root = try Self.data().url
    for name in ["papers", "results"] {
      try FileManager.default.copyItem(
        at: root.appending(path: name), to: folder.url.appending(path: name))
    }
    let results = folder.url.appending(path: "results")
    try FileManager.default.copyItem(
      at: results.appending(path: "fig1-class-variation.json"),
      to: results.appending(path: "fig1-class-variation.overnight.json"))
    #expect(throws: FigureError.self) { try ClaimsLedger(of: DataFolder(at: folder.url)) }
  }

  /// The README's picture was drawn from the results that are kept.
  @Test func theReadmesPictureIsThatOfTheResults() throws {
    let data = try Self.data()
    let path = data.url.deletingLastPathComponent()
      .appending(path: "Documentation/fig5-coherence.png").path
    let picture = try PicturedFigure(path)
    let kept = try FigureSummary.read(
      ResultsFolder(in: data).file(of: "fig5-coherence", Budget.standard.rawValue))
    #expect(picture.provenance == kept.provenance)
    #expect(picture.claims == kept.claims)
  }
}
