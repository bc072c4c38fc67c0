import Algorithms
import Claims
import Experiments
import Foundation
import Reproduction

/// A figure's results as they are kept with the source, drawn anew.
struct KeptFigure: Sendable {
  /// Where the results are.
  let file: URL
  /// A name for files of it: `fig5-coherence`, or `fig5-coherence.published.overnight` where there
  /// are several.
  let name: String
  /// What the file of results says.
  let summary: FigureSummary
  /// The picture, as SVG.
  let picture: Data
  /// The plotted numbers.
  let csv: String
  /// The runs that the figure now has with the same options; none if that is not known here.
  let runs: [RunListing]
  /// Whether they are what the figure would now be made of.
  let standing: Standing
  /// What the runs took, if that is kept.
  let timing: FigureTiming?

  /// Whether kept results are of the runs that the figure now has.
  enum Standing: Equatable, Sendable {
    case current
    /// They are not; why.
    case stale(String)
    /// Nobody can tell here; why.
    case unknown(String)
  }

  /// Draws the results in a file.
  ///
  /// - Parameters:
  ///   - figure: The figure.
  ///   - file: Its results, as kept.
  ///   - isOnly: Whether no others are kept of the figure.
  ///   - dataRoot: Where published images lie, for comparing runs that were made of them.
  ///   - timings: What figures took.
  /// - Throws: What cannot be read or drawn.
  init(
    _ figure: FigureExecutable, in file: URL, isOnly: Bool = true, dataRoot: URL?,
    timings: [FigureTiming]
  ) throws {
    self.file = file
    let scratch = ScratchFolder()
    defer { scratch.remove() }
    summary = try FigureSummary.read(file)
    try figure.render(file, ["--format", "svg"], into: scratch.url)
    func made(_ suffix: String) throws -> Data {
      try Data(contentsOf: scratch.url.appending(path: "figures/\(figure.name).\(suffix)"))
    }
    picture = try made("svg")
    csv = String(decoding: try made("csv"), as: UTF8.self)
    (runs, standing) = try Self.standing(of: summary.provenance, figure, dataRoot: dataRoot)
    let extent = summary.extent
    let part = summary.provenance.settings["data"] == nil ? "stand-ins" : "published"
    name = figure.name + (isOnly ? "" : ".\(part).\(extent)")
    let data = summary.provenance.settings["data"]
    timing = timings.first { $0.is(of: figure.name, extent, data: data) }
  }

  /// Whether results are of the runs that a figure now has with the same options, and those runs.
  ///
  /// - Throws: What the figure says of its runs, if it cannot list them.
  static func standing(
    of provenance: Provenance, _ figure: FigureExecutable, dataRoot: URL?
  ) throws -> (runs: [RunListing], standing: Standing) {
    let now = figure.description.engine
    guard provenance.engine == now else {
      return ([], .stale("they are of engine version \(provenance.engine), which now is \(now)"))
    }
    guard var options = provenance.options else {
      return ([], .unknown("their options are not known"))
    }
    if options.data != .standIns {
      guard let dataRoot else {
        return ([], .unknown("their data are looked for only with --data-root"))
      }
      options.dataRoot = dataRoot
    }
    let runs: [RunListing]
    do {
      // A command line has seeds without gaps, which joined results may have.
      runs = try options.seeds.chunked { $1 == $0 + 1 }.flatMap { seeds in
        options.seeds = Array(seeds)
        return try figure.runs(options.arguments)
      }.uniqued(on: \.key).map { $0 }
    } catch FigureError.dataAbsent {
      return ([], .unknown("their data are not here"))
    }
    let gone = Set(provenance.runs).subtracting(runs.map(\.key)).count
    let new = Set(runs.map(\.key)).subtracting(provenance.runs).count
    guard gone + new > 0 else { return (runs, .current) }
    return (
      runs,
      .stale(
        "\(gone) of their \(Spoken.count(provenance.runs.count, "run")) are no longer the figure's, "
          + "and \(new) that it now has are not among them")
    )
  }

  /// All kept results of some figures, by figure, those that answer best first.
  static func all(
    of figures: [FigureExecutable], in data: DataFolder, dataRoot: URL?
  ) throws -> [String: [KeptFigure]] {
    let results = ResultsFolder(in: data)
    let timings = try FigureTiming.read(results.timings)
    let files = try [ResultsFolder.Part.published, .own].flatMap { try results.files(in: $0) }
    let filesByFigure = Dictionary(grouping: files) {
      String($0.lastPathComponent.prefix { $0 != "." })
    }
    let wanted = figures.flatMap { figure in
      let own = filesByFigure[figure.name] ?? []
      return own.map { (figure: figure, file: $0, isOnly: own.count == 1) }
    }
    let kept = try InOrder.map(wanted) {
      (
        figure: $0.figure.name,
        results: try KeptFigure(
          $0.figure, in: $0.file, isOnly: $0.isOnly, dataRoot: dataRoot, timings: timings)
      )
    }
    return Dictionary(grouping: kept, by: \.figure).mapValues {
      $0.map(\.results).sorted { $0.summary.rank > $1.summary.rank }
    }
  }

  /// What was used: `glyphs for Omniglot`; empty if nothing was.
  var data: String { summary.provenance.data.keys.sorted().joined(separator: ", ") }
}
