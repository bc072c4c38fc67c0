import ArgumentParser
import Claims
import Experiments
import Foundation
import Reproduction

/// Copies results to where they are kept with the source.
struct KeepResults: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keep",
    abstract: "Copies the results of figures from the output folder to Data/results.",
    discussion: """
      Left out is what a figure says only its picture needs, such as the grid of a heat map. \
      Beside them go the times that a figure compares, if they were measured with --times, and \
      what the figures took, from the records of their runs. Results of the smoke \
      budget decide nothing and are not kept. Results of Haswell kernels go into a folder of their own \
      (make haswell), since a verdict must be the same with both. Other seeds of what is kept already are added to \
      it, so that a long run can be done seed by seed (--seed 7 --seeds 1), and replaced if the figure \
      now has other runs for them, which --data-root lets it see for published images; claims are \
      not judged before the seeds that the figure fixes are there.
      """)

  @Argument(help: ArgumentHelp("The figures (default: all that were made).", valueName: "figure"))
  var figures: [String] = []
  @Option(
    help: ArgumentHelp(
      "Where published data lie, to tell whether kept seeds of them are current.",
      valueName: "path"))
  var dataRoot: String?
  @OptionGroup var place: OutputPlace

  func validate() throws {
    if dataRoot == "" { throw ValidationError("--data-root names no folder") }
  }

  func run() throws {
    let results = ResultsFolder(in: try DataFolder.located())
    var timings = try FigureTiming.read(results.timings)
    var kept: [URL] = []
    for figure in try FigureExecutable.named(figures) {
      let file = place.output.appending(path: "figures/\(figure.name).json")
      guard try !figures.isEmpty || file.isThere() else { continue }
      let summary = try FigureSummary.read(file)
      guard summary.extent != Budget.smoke.rawValue else {
        throw FigureError.failed(
          "\(file.path) is of the smoke budget; make \(figure.name) at the standard one")
      }
      let part = ResultsFolder.Part(of: summary.provenance)
      let result = results.file(of: figure.name, summary.extent, in: part)
      try AtomicFile.makeFolder(result.deletingLastPathComponent())
      kept.append(result)
      let earlier = try earlier(than: summary, of: figure, in: result)
      let isNew = try earlier.map { try !isKept(summary, in: $0) } ?? true
      try AtomicFile.write(figure.abridged(file, joining: earlier), to: result)
      // What it took, and what it times, is told once: of the kernels that all figures are made with.
      guard part != .haswell else { continue }
      let times = place.output.appending(
        path: "figures/" + TrainingTimes.fileName(of: figure.name))
      if try times.isThere() {
        try TrainingTimes.read(times).write(to: results.times(of: figure.name))
      }
      guard isNew else { continue }
      if let timing = try FigureTiming(of: summary, in: place.runs) {
        let known = timings.firstIndex {
          $0.is(of: timing.figure, timing.extent, data: timing.data)
        }
        let before = known.map { timings.remove(at: $0) }
        if earlier == nil {
          timings.append(timing)
        } else if let before {
          timings.append(timing.joined(with: before))
        } else {
          RefigureTool.complain(
            "warning: no times of \(figure.name): those of the seeds before are not known")
        }
      } else {
        RefigureTool.complain(
          "warning: no new times of \(figure.name): a run was interrupted, is gone, or was made "
            + "before times were kept as they are now; for times, make it in another folder with "
            + "--output")
      }
    }
    guard !kept.isEmpty else {
      throw FigureError.failed(
        "no figures lie in \(place.output.appending(path: "figures").path); make them first: "
          + "refigure run")
    }
    for file in kept { try StandardOutput.writeLine(file.path) }
    try FigureTiming.write(timings, to: results.timings)
  }
}

extension ResultsFolder.Part {
  /// Where results belong.
  fileprivate init(of provenance: Provenance) {
    self =
      if provenance.environment["kernels"] == "Haswell" {
        .haswell
      } else if provenance.settings["data"] != nil {
        .published
      } else {
        .own
      }
  }
}

extension KeepResults {
  /// The kept results that have seeds which new ones lack, to be joined with them; nil if there are
  /// none, or if they were computed in another way and are to be replaced.
  private func earlier(
    than new: FigureSummary, of figure: FigureExecutable, in kept: URL
  ) throws -> URL? {
    guard try kept.isThere() else { return nil }
    let old = try FigureSummary.read(kept)
    guard let oldSeeds = old.provenance.options?.seeds,
      let newSeeds = new.provenance.options?.seeds,
      !Set(oldSeeds).isSubset(of: newSeeds)
    else { return nil }
    guard old.provenance.engine == new.provenance.engine,
      old.provenance.environment == new.provenance.environment
    else {
      RefigureTool.complain(
        "warning: \(oldSeeds.count) seeds in \(kept.path) are of another engine or of other kernels "
          + "and are replaced by \(newSeeds.count)")
      return nil
    }
    let root = dataRoot.map { URL(filePath: $0, directoryHint: .isDirectory) }
    switch try KeptFigure.standing(of: old.provenance, figure, dataRoot: root).standing {
    case .current: return kept
    case .stale(let reason):
      RefigureTool.complain(
        "warning: \(oldSeeds.count) seeds in \(kept.path) are replaced by \(newSeeds.count): \(reason)"
      )
      return nil
    case .unknown(let reason):
      RefigureTool.complain(
        "warning: whether the seeds in \(kept.path) were made with the same settings is not known: "
          + reason)
      return kept
    }
  }
}

extension KeepResults {
  /// Whether results have all seeds of others.
  private func isKept(_ new: FigureSummary, in kept: URL) throws -> Bool {
    let seeds = try FigureSummary.read(kept).provenance.options?.seeds ?? []
    return Set(new.provenance.options?.seeds ?? []).isSubset(of: seeds)
  }
}

extension FigureTiming {
  /// What the runs of a figure took, or nothing if one of them is gone or was interrupted.
  init?(of summary: FigureSummary, in store: RunStore) throws {
    guard let runs = try store.runsWithFoundations(summary.provenance.runs) else { return nil }
    let costs = try runs.compactMap { try $0.cost }
    guard !costs.contains(where: \.isResumed) else { return nil }
    let cold = try ColdTime.read(of: summary.figure, summary.extent, in: store)
    self.init(
      figure: summary.figure, extent: summary.extent,
      data: summary.provenance.settings["data"], costs: costs,
      cold: cold?.runs == summary.provenance.runs ? cold : nil,
      storeBytes: runs.reduce(0) { $0 + $1.size }, processor: Machine.processor,
      cores: MachineLimits.current.cores,
      kernels: summary.provenance.environment["kernels"] ?? "unknown")
  }
}
