import Claims
import Foundation
import Mustache
import Reproduction

/// All that is known, on one page that needs nothing but itself: the file `report/index.html`.
///
/// The templates beside it say how; what they show are the stored properties of the values here.
struct ReportPage {
  /// How many claims have a verdict, or any, by what they rest on.
  struct Score {
    let mark: VerdictMark?
    let counts: [Int]
  }

  /// What can be chosen of the claims.
  struct Choice {
    let filter: String
    let label: String
    let options: [String]
  }

  /// A paper with its figures.
  struct Paper {
    let folder: String
    let citation: String
    let figures: [ReportFigure]
  }

  /// What a figure took.
  struct Cost {
    let figure: String
    let extent: String
    let runs: Int
    let wait: String
    let waitSeconds: Double
    let processorTime: String
    let seconds: Double
    let each: String
    let secondsEach: Double
    let memory: String
    let bytes: Int
    let disk: String
    let bytesOnDisk: Int
    let machine: String
  }

  let version = PackageVersion.current
  /// What claims rest on, and `all`.
  let bases: [String]
  let scores: [Score]
  let choices: [Choice]
  let claims: [ReportClaim]
  let claimCount: Int
  let figureCount: Int
  let madeCount: Int
  let staleCount: Int
  let isAnyStale: Bool
  let papers: [Paper]
  let costs: [Cost]
  let hasCosts: Bool
  let style: String
  let script: String
  let symbols: String

  init(
    claims: [ReportClaim], papers: [Paper], timings: [FigureTiming], sheet: PictureSheet
  ) {
    self.claims = claims
    self.papers = papers
    let groups = Dictionary(grouping: claims) {
      $0.budget == "none" ? $0.ground : "\($0.ground), \($0.budget) budget"
    }.sorted { $0.key < $1.key }
    bases = groups.map(\.key) + ["all"]
    let columns = groups.map(\.value) + [claims]
    scores =
      Verdict.allCases.map { verdict in
        Score(
          mark: VerdictMark(verdict),
          counts: columns.map { $0.count { $0.verdict.words.hasPrefix(verdict.rawValue) } })
      } + [Score(mark: nil, counts: columns.map(\.count))]
    func choice(_ filter: String, _ label: String, _ value: (ReportClaim) -> String) -> Choice {
      Choice(filter: filter, label: label, options: Set(claims.map(value)).sorted())
    }
    choices = [
      choice("paper", "Paper", \.paper),
      choice("verdict", "Verdict", \.verdict.words), choice("ground", "Data", \.ground),
      choice("budget", "Budget", \.budget),
    ]
    claimCount = claims.count
    let figures = papers.flatMap(\.figures)
    figureCount = figures.count
    madeCount = figures.count(where: \.isMade)
    staleCount = figures.count(where: \.isStale)
    isAnyStale = figures.contains(where: \.isStale)
    costs = timings.map(Cost.init)
    hasCosts = !timings.isEmpty
    style = Self.text(PackageResources.report_css) + sheet.rules.joined(separator: "\n") + "\n"
    symbols = sheet.symbols.joined(separator: "\n")
    script = Self.text(PackageResources.report_js)
  }

  /// The page as HTML.
  var html: String {
    get throws {
      var library = MustacheLibrary()
      for (name, template) in Self.templates {
        try library.register(Self.text(template), named: name)
      }
      guard let html = library.render(self, withTemplate: "page") else {
        throw FigureError.failed("the report's template “page” is not there")
      }
      return html
    }
  }

  private static let templates = [
    "page": PackageResources.page_mustache, "claims": PackageResources.claims_mustache,
    "gallery": PackageResources.gallery_mustache, "figure": PackageResources.figure_mustache,
    "claim": PackageResources.claim_mustache, "view": PackageResources.view_mustache,
    "costs": PackageResources.costs_mustache, "verdict": PackageResources.verdict_mustache,
  ]

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}

extension ReportPage.Cost {
  init(_ timing: FigureTiming) {
    figure = timing.figure
    extent = timing.computed
    runs = timing.runs
    wait = timing.wait
    waitSeconds = timing.coldSeconds ?? timing.seconds(onCores: timing.cores)
    seconds = timing.coreSeconds
    processorTime = Spoken.seconds(seconds)
    secondsEach = seconds / Double(max(runs, 1))
    each = Spoken.seconds(secondsEach)
    bytes = timing.peakBytes
    memory = Spoken.bytes(bytes)
    bytesOnDisk = timing.storeBytes
    disk = Spoken.bytes(bytesOnDisk)
    machine = "\(timing.processor), OpenBLAS \(timing.kernels)"
  }
}
