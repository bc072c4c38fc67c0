import Claims
import Experiments
import Foundation
import Plotting

/// Does with a figure what its command line asks: lists and runs its runs, makes its files.
struct FigureMaker<F: Figure> {
  let figure = F()
  let options: FigureOptions
  /// Where figures and runs go.
  let output: URL
  let runs: RunStore
  /// The width of pictures in inches, if it is not their own.
  var pageWidth: Double?
  /// Pixels per inch of a PNG.
  var dotsPerInch = Style.dotsPerInch
  /// Receives what belongs on standard output.
  let write: @Sendable (String) throws -> Void

  /// Prints what the figure is, as JSON.
  static func describe(_ write: (String) throws -> Void) throws {
    let json = try CanonicalJSON.encodeForReading(FigureDescription(of: F.self))
    try write(String(decoding: json, as: UTF8.self))
  }

  /// Prints the figure's runs, one line of JSON each.
  func listRuns() throws {
    let study = try figure.study(options)
    for (index, run) in study.runs.enumerated() {
      let listing = RunListing(
        run, index: index, isStored: run.isDone(in: runs), isRead: study.read.contains(run.key))
      try write(listing.line)
    }
  }

  /// Does some of the figure's runs, named by their keys or by their places in the list.
  func run(_ names: [String], isForced: Bool) async throws {
    let planned = try figure.study(options).runs
    let chosen = try names.map { name in
      guard
        let run = planned.first(where: { $0.key.description == name })
          ?? Int(name).flatMap({ planned.indices.contains($0) ? planned[$0] : nil })
      else {
        throw FigureError.usage(
          "\(F.name) with these options has no run \(name); see --list-runs. A list of tasks that "
            + "names it is of other settings or another version: make it anew with refigure plan")
      }
      return run.key
    }
    let store = try await preparedStore()
    if isForced { for key in chosen { try await store.discard(key) } }
    // In the plan's order, whatever that of the names: each after those that it builds on.
    let wanted = Set(chosen)
    try await store.complete(planned.filter { wanted.contains($0.key) })
    for key in chosen { try write("\(runs.folder(of: key).path)\n") }
  }

  /// Takes part in the trainings of rank 0, as one of several processes.
  func follow() async throws {
    let store = try await preparedStore()
    try await store.follow(try figure.study(options).runs)
  }

  /// Measures, draws, and writes the figure's files; says what came of the claims.
  func make(in output: URL, formats: [PageFormat], isForced: Bool) async throws {
    let folder = output.appending(path: "figures")
    let start = ContinuousClock.now
    // Before hours of work rather than after them.
    try AtomicFile.makeFolder(folder)
    let (results, provenance) = try await measure(isForced: isForced)
    let files = FigureFiles(figure, results, options, provenance)
    let written = try files.write(
      to: folder, formats: formats, width: pageWidth, dotsPerInch: dotsPerInch)
    if let warning = files.record.warning { runs.progress.warn("\(F.name): \(warning)") }
    try ColdTime(
      seconds: (ContinuousClock.now - start) / .seconds(1), workers: runs.workers,
      runs: provenance.runs
    ).writeIfCold(of: F.name, extent, in: runs)
    for finding in files.record.claims { try write("\(finding)\n") }
    for file in written { try write("\(file.path)\n") }
  }

  /// Times the trainings that the figure compares, and writes the record beside the figure's files.
  func time(in output: URL) throws {
    try F.prepare()
    let trainings = try figure.timedTrainings(for: options)
    guard !trainings.isEmpty else {
      throw FigureError.usage("\(F.name) compares no times; leave out --times")
    }
    let times = try TrainingTimes(
      figure: F.name, extent: extent, of: trainings,
      kernels: environment["kernels"] ?? "unknown", progress: runs.progress)
    let file = output.appending(path: "figures/" + TrainingTimes.fileName(of: F.name))
    try times.write(to: file)
    try write(times.text + file.path + "\n")
  }

  /// Measures and compares with the golden values, or makes them.
  func checkGolden(in folder: URL, mode: GoldenMode, isForced: Bool) async throws {
    let file = folder.appending(path: "\(F.name).json")
    // Looked at before the measurement, which may take a while; what cannot be read is written anew.
    let expected = mode == .check ? try Golden.read(file) : try? Golden.read(file)
    let (results, provenance) = try await measure(isForced: isForced)
    let got = Golden(
      figure.quantities(in: results).flatMap(\.metrics),
      drawing: GoldenDrawing(of: figure.draw(results)),
      provenance: provenance)
    switch mode {
    case .check:
      guard let report = try expected?.compared(with: got) else { return }
      try write(report.text)
      guard report.agrees else {
        throw FigureError.failed(
          "\(F.name) differs from \(file.path); if it should, look at why, then --golden write")
      }
    case .write:
      // What changes; nothing can be compared if the settings or the engine changed.
      if let report = try? expected?.compared(with: got) { try write(report.text) }
      try got.write(to: file)
      try write("\(file.path)\n")
    }
  }

  /// Prints the verdicts that follow from the results in a JSON file of this figure, as JSON.
  func judge(_ file: URL) throws {
    let record = try record(in: file)
    let judged = FigureRecord(
      of: figure, results: record.results, options: try Self.options(of: record, in: file),
      provenance: record.provenance, times: try TrainingTimes.kept(beside: file, of: F.name))
    try write(String(decoding: CanonicalJSON.encodeForReading(judged.claims), as: UTF8.self))
  }

  /// Writes the figure's files from the results in a JSON file, as far as they are in it.
  func render(_ file: URL, in output: URL, formats: [PageFormat]) throws {
    try F.prepare()
    let record = try record(in: file)
    let files = FigureFiles(
      figure, record.results, try Self.options(of: record, in: file), record.provenance)
    let folder = output.appending(path: "figures")
    try AtomicFile.makeFolder(folder)
    let written = try files.write(
      to: folder, formats: formats, width: pageWidth, dotsPerInch: dotsPerInch)
    for file in written { try write("\(file.path)\n") }
  }

  private static func options(
    of record: FigureRecord<F.Results>, in file: URL
  ) throws -> FigureOptions {
    guard let options = record.provenance.options else {
      throw FigureError.failed("\(file.path) does not say with which options it was made")
    }
    return options
  }

  /// Prints a JSON file of this figure as it is kept with the source, joined with the seeds of
  /// another that is kept already.
  func abridge(_ file: URL, joining kept: URL?) throws {
    var record = try record(in: file)
    record.results = figure.abridged(record.results)
    if let kept {
      do {
        record = try self.record(in: kept).joined(with: record, as: figure)
      } catch FigureError.failed(let reason) {
        throw FigureError.failed("\(kept.path) and \(file.path) cannot be joined: \(reason)")
      }
    } else if let options = record.provenance.options {
      // By the rules as they now are, whatever they were when the figure was made.
      record.claims =
        FigureRecord(
          of: figure, results: record.results, options: options, provenance: record.provenance,
          times: nil
        ).claims
    }
    try write(String(decoding: CanonicalJSON.encodeForReading(record), as: UTF8.self))
  }

  private func record(in file: URL) throws -> FigureRecord<F.Results> {
    guard let bytes = FileManager.default.contents(atPath: file.path) else {
      throw FigureError.failed("\(file.path), where results should be, cannot be read")
    }
    guard
      let record = try? CanonicalJSON.decode(FigureRecord<F.Results>.self, from: bytes),
      record.figure == F.name
    else {
      throw FigureError.failed(
        "\(file.path) does not hold results of \(F.name) as it now is; make them again")
    }
    return record
  }

  /// What is computed: the preset's name, or else the budget's.
  private var extent: String { options.preset ?? options.budget.rawValue }

  /// What bits may depend on beside the settings; to be asked for after `prepare`.
  private var environment: [String: String] {
    F.environment.merging(["architecture": Architecture.name]) { own, _ in own }
  }

  /// The store, as every process has it that computes.
  private func preparedStore() async throws -> RunStore {
    try F.prepare()
    try await runs.group?.checkEnvironment(environment)
    return runs.recording(environment: environment)
  }

  private func measure(isForced: Bool) async throws -> (F.Results, Provenance) {
    // First of all: the environment may depend on it.
    let store = try await preparedStore()
    let study = try figure.study(options)
    let provenance = Provenance(
      figure: F.name, settings: options.settings,
      data: Dictionary(study.data.map { ($0.name, $0.digest) }) { $0 + " " + $1 },
      environment: environment, runs: study.runs.map(\.key))
    if isForced { try await discard(study.runs) }
    announce(store.missing(from: study.runs, reading: study.read), of: study.runs.count)
    try await repair(study.runs, in: store)
    return (try await study.value(from: store), provenance)
  }

  /// Forgets runs and what they build on.
  private func discard(_ planned: [PlannedRun]) async throws {
    for key in try runs.foundations(of: planned.map(\.key)).keys.sorted() {
      try await runs.discard(key)
    }
  }

  /// Does damaged runs again, even those that are not read, since others build on them.
  private func repair(_ planned: [PlannedRun], in runs: RunStore) async throws {
    for run in planned {
      if case .damaged = try runs.stored(run.key).state { try await run.run(in: runs) }
    }
  }

  private func announce(_ missing: [PlannedRun], of count: Int) {
    guard !missing.isEmpty else { return }
    var line = "\(F.name): \(missing.count) of \(count) runs to do"
    let seconds = missing.compactMap(\.estimatedSeconds).reduce(0, +) / Double(runs.workers)
    if seconds >= 60 {
      line += ", about \(Duration.seconds(seconds.rounded()).formatted(.units(width: .wide)))"
    }
    runs.progress.note(line)
  }
}

/// What to do with golden values.
enum GoldenMode: String, CaseIterable {
  case write
  case check
}
