import Experiments
import Statistics

/// What a figure measures with: the user's options and the store of runs.
public struct FigureContext: Sendable {
  /// What the user asked for.
  public let options: FigureOptions
  /// The outcomes of experiments.
  public let runs: RunStore

  /// A context of the given options and store.
  public init(options: FigureOptions, runs: RunStore) {
    self.options = options
    self.runs = runs
  }

  /// The outcome of one experiment for every seed; those not stored are run.
  public func outcomes<E: Experiment>(
    overSeeds experiment: (_ seed: UInt64) throws -> E
  ) async throws -> PerSeed<E.Outcome> {
    try await outcomes(of: [()]) { try experiment($1) }[0]
  }

  /// The outcomes of an experiment for every setting and seed, in the settings' order.
  ///
  /// What is not stored is run side by side: as long as there is a run for every worker each has
  /// one, since runs share nothing; the last few divide the workers among them.
  public func outcomes<Setting, E: Experiment>(
    of settings: [Setting], _ experiment: (Setting, _ seed: UInt64) throws -> E
  ) async throws -> [PerSeed<E.Outcome>] {
    let cells = try settings.map { setting in
      try options.seeds.map { try experiment(setting, $0) }
    }
    try await run(cells.flatMap(\.self))
    var outcomes: [PerSeed<E.Outcome>] = []
    for row in cells {
      var values: [E.Outcome] = []
      for experiment in row { values.append(try await runs.outcome(of: experiment)) }
      outcomes.append(PerSeed(seeds: options.seeds, values: values))
    }
    return outcomes
  }

  private func run(_ experiments: [some Experiment]) async throws {
    let missing = try experiments.filter { !runs.contains(try RunKey(of: $0)) }
    let last = missing.count % runs.workers
    let single = runs.withWorkers(1)
    _ = try await concurrentMap(Array(missing.dropLast(last)), workers: runs.workers) {
      _ = try await single.outcome(of: $0)
    }
    guard last > 0 else { return }
    let shared = runs.withWorkers(runs.workers / last)
    _ = try await concurrentMap(Array(missing.suffix(last)), workers: last) {
      _ = try await shared.outcome(of: $0)
    }
  }
}
