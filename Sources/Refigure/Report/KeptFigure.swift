import Experiments
import Foundation
import Reproduction

/// A figure's results as they are kept with the source, drawn anew.
struct KeptFigure {
  /// What the file of results says.
  let summary: FigureSummary
  /// The picture, as SVG.
  let picture: Data
  /// The plotted numbers.
  let csv: String
  /// Whether they are what the figure would now be made of.
  let standing: Standing
  /// What the runs took, if that is kept.
  let timing: FigureTiming?

  /// Whether kept results are of the runs that the figure now has.
  enum Standing: Equatable {
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
  ///   - dataRoot: Where published images lie, for comparing runs that were made of them.
  ///   - timings: What figures took.
  init(
    _ figure: FigureExecutable, in file: URL, dataRoot: URL?, timings: [FigureTiming]
  ) throws {
    let scratch = ScratchFolder()
    defer { scratch.remove() }
    summary = try FigureSummary.read(file)
    let answer = try Child.output(
      of: figure.url,
      ["--render", file.path, "--format", "svg", "--output", scratch.url.path, "--quiet"])
    guard answer.code == 0 else {
      throw FigureError.failed("\(figure.name) cannot draw \(file.path) \(answer.ending)")
    }
    func made(_ suffix: String) throws -> Data {
      try Data(contentsOf: scratch.url.appending(path: "figures/\(figure.name).\(suffix)"))
    }
    picture = try made("svg")
    csv = String(decoding: try made("csv"), as: UTF8.self)
    standing = try Self.standing(of: summary.provenance, figure, dataRoot: dataRoot)
    let extent = summary.extent
    timing =
      summary.provenance.settings["data"] == nil
      ? timings.first { $0.figure == figure.name && $0.extent == extent } : nil
  }

  private static func standing(
    of provenance: Provenance, _ figure: FigureExecutable, dataRoot: URL?
  ) throws -> Standing {
    let now = figure.description.engine
    guard provenance.engine == now else {
      return .stale("they are of engine version \(provenance.engine), which now is \(now)")
    }
    guard var options = provenance.options else { return .unknown("their options are not known") }
    if options.data != .standIns {
      guard let dataRoot else {
        return .unknown("their data are looked for only with --data-root")
      }
      options.dataRoot = dataRoot
    }
    let runs: [RunKey]
    do {
      runs = try figure.runs(options.arguments).map(\.key)
    } catch FigureError.dataAbsent {
      return .unknown("their data are not here")
    }
    let gone = Set(provenance.runs).subtracting(runs).count
    let new = Set(runs).subtracting(provenance.runs).count
    guard gone + new > 0 else { return .current }
    return .stale(
      "\(gone) of their \(Spoken.count(provenance.runs.count, "run")) are no longer the figure's, "
        + "and \(new) that it now has are not among them")
  }

  /// What was used: `glyphs for Omniglot`; empty if nothing was.
  var data: String { summary.provenance.data.keys.sorted().joined(separator: ", ") }
}
