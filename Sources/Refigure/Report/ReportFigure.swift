import Claims
import Foundation
import Reproduction

/// A figure as the report shows it.
struct ReportFigure {
  /// A name with what belongs to it.
  struct Fact {
    let fact: String
    let value: String
  }

  /// One of the paper's numbers, beside ours.
  struct Number {
    let number: String
    let stated: String
    let place: String
    let found: String
  }

  /// The figure made of some kept results.
  struct View {
    /// A name for the files that are downloaded: `fig5-coherence` or `fig5-coherence.published`.
    let file: String
    /// What it was computed on, and how much.
    let extent: String
    let picture: PictureSheet.Picture
    /// The plotted numbers, compressed and in letters: as they are they would be half of the page.
    let data: String
    let rows: Int
    let stale: String?
    let unchecked: String?
    let facts: [Fact]
    let runs: String
    let command: String
  }

  let name: String
  let title: String
  let summary: String
  let publication: String
  /// The first of its claims, in the paper's words.
  let sentence: String?
  let isStale: Bool
  let views: [View]
  let thumbnail: PictureSheet.Picture?
  let isMade: Bool
  let claims: [ReportClaim]
  let hasClaims: Bool
  let numbers: [Number]
  let hasNumbers: Bool
  let departures: [String]
  let hasDepartures: Bool

  /// - Parameters:
  ///   - description: What the figure says about itself.
  ///   - kept: Its kept results, those that answer best first.
  ///   - claims: Its claims.
  ///   - paper: The paper's numbers.
  ///   - sheet: Takes the pictures.
  /// - Throws: ``FigureError`` naming a picture that does not say how large it is.
  init(
    _ description: FigureDescription, kept: [KeptFigure], claims: [ReportClaim],
    paper: PaperValues, on sheet: inout PictureSheet
  ) throws {
    name = description.name
    title = description.title
    summary = description.summary
    publication = description.paper
    sentence = description.claims.first?.quotation.sentence
    var views: [View] = []
    for results in kept { views.append(try View(results, on: &sheet)) }
    self.views = views
    thumbnail = views.first?.picture
    isMade = !kept.isEmpty
    isStale = views.contains { $0.stale != nil }
    self.claims = claims
    hasClaims = !claims.isEmpty
    numbers = paper.values(of: description.name).map { value in
      Number(
        number: String(value.id.dropFirst(paper.paper.count + description.name.count + 2)),
        stated: value.text, place: value.source, found: Self.found(value.id, in: kept))
    }
    hasNumbers = !numbers.isEmpty
    departures = description.departures
    hasDepartures = !departures.isEmpty
  }

  private static func found(_ id: String, in kept: [KeptFigure]) -> String {
    kept.flatMap { kept in
      kept.summary.metrics.sorted { $0.key < $1.key }.filter { $0.value.paperValue == id }
        .map { "\($0.value.interval) (\(kept.summary.extent), n = \($0.value.seeds.count))" }
    }.joined(separator: "; ")
  }
}

extension ReportFigure.View {
  init(_ kept: KeptFigure, on sheet: inout PictureSheet) throws {
    let provenance = kept.summary.provenance
    let settings = provenance.settings
    file = kept.name
    extent =
      (kept.data.isEmpty ? "no images" : kept.data) + " · "
      + (settings["preset"].map { "preset \($0)" } ?? "\(kept.summary.extent) budget")
    picture = try sheet.add(kept.picture, named: file)
    data = try Gzip.compressed(Data(kept.csv.utf8)).base64EncodedString()
    rows = kept.csv.utf8.count { $0 == UInt8(ascii: "\n") } - 1
    (stale, unchecked) =
      switch kept.standing {
      case .current: (nil, nil)
      case .stale(let why): (why, nil)
      case .unknown(let why): (nil, why)
      }
    facts = Self.facts(kept)
    runs = provenance.runs.map(\.description).joined(separator: ", ")
    command =
      provenance.options.map {
        (["swift run", kept.summary.figure] + $0.arguments).joined(separator: " ")
      } ?? ""
  }

  private static func facts(_ kept: KeptFigure) -> [ReportFigure.Fact] {
    let provenance = kept.summary.provenance
    var facts = provenance.settings.sorted { $0.key < $1.key }.map {
      ReportFigure.Fact(fact: $0.key, value: $0.value)
    }
    func add(_ name: String, _ value: String) {
      facts.append(ReportFigure.Fact(fact: name, value: value))
    }
    for (name, digest) in provenance.data.sorted(by: { $0.key < $1.key }) {
      add(name, digest.split(separator: " ").map { "SHA-256 \($0)" }.joined(separator: "\n"))
    }
    add("package", "\(provenance.package), engine \(provenance.engine)")
    for (name, value) in provenance.environment.sorted(by: { $0.key < $1.key }) {
      add(name, value)
    }
    if let timing = kept.timing {
      let each = timing.coreSeconds / Double(max(timing.runs, 1))
      add(
        "time",
        "\(timing.wait); processor time \(Spoken.seconds(timing.coreSeconds)), "
          + "\(Spoken.seconds(each)) a run")
      add("memory", "\(Spoken.bytes(timing.peakBytes)) at most")
      add("measured on", timing.processor)
    }
    return facts
  }
}
