import Claims
import Experiments
import Foundation
import Processes
import Reproduction
import TestSupport
import Testing

@testable import Refigure

/// The page of everything, as far as no browser is needed; `Tests/Report/browse` has the rest.
@Suite(.serialized)
struct ReportTests {
  private static func page(_ figures: [String] = []) throws -> ReportPage {
    let data = try DataFolder.located()
    let figures = try FigureExecutable.named(figures)
    return try ReportPage(
      of: data, figures: figures, kept: KeptFigure.all(of: figures, in: data, dataRoot: nil))
  }

  @Test func everyFigureAndClaimIsOnThePage() throws {
    let page = try Self.page()
    let html = try page.html
    #expect(html.utf8.count <= 5_000_000)
    for claim in try ClaimsCatalogue.load(from: .located()).claims {
      #expect(html.contains(">\(Self.escaped(claim.summary))<"), "\(claim.id)")
    }
    for figure in try FigureExecutable.named([]) {
      #expect(html.contains("<h3 id=\"\(figure.name)\">"), "\(figure.name)")
      #expect(html.contains("href=\"#\(figure.name)\""), "\(figure.name)")
    }
    let results = ResultsFolder(in: try DataFolder.located())
    // Of several budgets the one that answers best.
    func figures(in part: ResultsFolder.Part) throws -> Set<String> {
      Set(try results.files(in: part).map { String($0.lastPathComponent.prefix { $0 != "." }) })
    }
    let expected = try figures(in: .own).count + figures(in: .published).count
    #expect(page.papers.flatMap(\.figures).flatMap(\.views).count == expected)
    // Nothing comes from elsewhere.
    #expect(!html.contains("src=\"http") && !html.contains("url(http"))
  }

  @Test(arguments: [0, 1, 100_000])
  func whatIsCompressedIsReadByOthers(count: Int) throws {
    var generator = SystemRandomNumberGenerator()
    let bytes = Data((0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) })
    let folder = try TemporaryFolder()
    try folder.write(Array(try Gzip.compressed(bytes)), to: "data.gz")
    let answer = try ChildProcess(
      URL(filePath: "/bin/gzip"), ["-dc", folder.url.appending(path: "data.gz").path],
      output: .collected
    ).run()
    #expect(answer.code == 0 && answer.output == bytes)
    #expect(try Gzip.compressed(bytes) == Gzip.compressed(bytes))
  }

  @Test func madeTwiceItHasTheSameBytes() throws {
    let figures = ["fig5-coherence", "table1-linnet-cnn"]
    #expect(try Self.page(figures).html == Self.page(figures).html)
  }

  @Test func textsAreEscaped() throws {
    let summary = #"a < b & "c" </script>"#
    let catalogue = try JSONDecoder().decode(
      ClaimsCatalogue.self,
      from: JSONSerialization.data(withJSONObject: [
        "claims": [["id": "nobody2000/fig0-toy/x", "summary": summary]]
      ]))
    let claims = try ClaimsLedger([], of: catalogue).entries.map {
      ReportClaim($0, isShown: false)
    }
    let html = try ReportPage(claims: claims, papers: [], timings: [], sheet: PictureSheet()).html
    #expect(html.contains(Self.escaped(summary)))
    #expect(!html.contains(summary))
    #expect(html.contains("1 of 1 claims"))
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;").replacing("'", with: "&#39;")
  }

  @Test func staleResultsSaySo() throws {
    let figure = try FigureExecutable(named: "fig5-coherence")
    let results = ResultsFolder(in: try DataFolder.located())
    let text = try String(contentsOf: results.file(of: figure.name, "standard"), encoding: .utf8)
    func standing(_ text: String) throws -> KeptFigure.Standing {
      let folder = try TemporaryFolder()
      try folder.write(Array(text.utf8), to: "fig5-coherence.json")
      return try KeptFigure(
        figure, in: folder.url.appending(path: "fig5-coherence.json"), dataRoot: nil, timings: []
      ).standing
    }
    #expect(try standing(text) == .current)
    let engine = "\"engine\" : \(EngineVersion.current)"
    #expect(
      try standing(text.replacing(engine, with: "\"engine\" : 1"))
        == .stale("they are of engine version 1, which now is \(EngineVersion.current)"))
    let summary = try FigureSummary.read(results.file(of: figure.name, "standard"))
    let key = try #require(summary.provenance.runs.first).description
    let other = key.dropLast(4) + (key.hasSuffix("0000") ? "1111" : "0000")
    guard case .stale(let why) = try standing(text.replacing(key, with: other)) else {
      Issue.record("a run that the figure does not have passes for one")
      return
    }
    #expect(why.hasPrefix("1 of their \(summary.provenance.runs.count) runs are no longer"))
    let published = text.replacing(
      "\"settings\" : {", with: "\"settings\" : {\"data\":\"published\",")
    guard case .unknown = try standing(published) else {
      Issue.record("runs on published data are told without the data")
      return
    }
  }
}

/// Pictures that share what they are drawn with.
struct PictureSheetTests {
  private func svg(_ letter: String) -> Data {
    Data(
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <svg xmlns="http://www.w3.org/2000/svg" width="60pt" height="40pt" viewBox="0 0 60 40">
      <defs>
      <g>
      <symbol overflow="visible" id="glyph0-\(letter)">
      <path style="stroke:none;" d="M 0 1"/>
      </symbol>
      </g>
      <clipPath id="clip1">
      </clipPath>
      </defs>
      <g clip-path="url(#clip1)">
      <use xlink:href="#glyph0-\(letter)" x="1.23456" y="2"/>
      <use xlink:href="#image1"/>
      </g>
      </svg>
      """.utf8)
  }

  @Test func lettersAndStylesStandOnce() throws {
    var sheet = PictureSheet()
    let first = try sheet.add(svg("1"), named: "a")
    let second = try sheet.add(svg("7"), named: "b")
    #expect(
      sheet.symbols
        == [#"<symbol id="g0"><path class="s0" d="M 0 1"/></symbol>"#])
    #expect(sheet.rules == [".s0{stroke:none;}"])
    #expect(first.viewBox == "0 0 60 40" && first.width == 90)
    for (picture, name) in [(first, "a"), (second, "b")] {
      #expect(picture.drawing == "\(name)-drawing")
      #expect(picture.elements.contains(##"<use href="#g0" x="1.23" y="2"/>"##))
      #expect(picture.elements.contains(##"<use href="#\##(name)-image1"/>"##))
      #expect(picture.elements.contains(##"<clipPath id="\##(name)-clip1">"##))
      #expect(picture.elements.contains(##"<g clip-path="url(#\##(name)-clip1)">"##))
    }
  }

  /// A word stands once wherever its letters are as far apart, and is shown without a group of its own.
  @Test func wordsStandOnce() throws {
    func svg(_ words: String) -> Data {
      Data(
        """
        <svg width="60pt" height="40pt" viewBox="0 0 60 40">
        <symbol overflow="visible" id="glyph0-1">
        <path d="M 0 1"/>
        </symbol>
        \(words)
        </svg>
        """.utf8)
    }
    func word(_ x: Double, _ y: Double, apart: Double) -> String {
      """
      <g style="fill:red;">
        <use xlink:href="#glyph0-1" x="\(x)" y="\(y)"/>
        <use xlink:href="#glyph0-1" x="\(x + apart)" y="\(y)"/>
      </g>
      """
    }
    var sheet = PictureSheet()
    let first = try sheet.add(svg(word(1, 2, apart: 4.25)), named: "a")
    let second = try sheet.add(
      svg(word(7, 8.5, apart: 4.25) + "\n" + word(7, 9, apart: 6)), named: "b")
    #expect(
      sheet.symbols.dropFirst() == [
        ##"<symbol id="g1"><use href="#g0"/><use href="#g0" x="4.25"/></symbol>"##,
        ##"<symbol id="g2"><use href="#g0"/><use href="#g0" x="6"/></symbol>"##,
      ])
    #expect(first.elements == ##"<use class="s0" href="#g1" x="1" y="2"/>"##)
    #expect(
      second.elements
        == ##"<use class="s0" href="#g1" x="7" y="8.5"/><use class="s0" href="#g2" x="7" y="9"/>"##)
  }

  @Test(arguments: ["", #"viewBox="""#, #"viewBox="0 0 0 40""#, #"viewBox="0 0 60""#])
  func aPictureThatDoesNotSayItsSizeIsNamed(box: String) {
    let text = String(decoding: svg("1"), as: UTF8.self)
    let other = text.replacing(#"viewBox="0 0 60 40""#, with: box)
    var sheet = PictureSheet()
    let error = #expect(throws: FigureError.self) {
      try sheet.add(Data(other.utf8), named: "fig0-toy")
    }
    #expect(error?.description.contains("fig0-toy.svg") == true)
  }
}
