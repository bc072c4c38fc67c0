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

  /// The outcome of one experiment for every seed; those not stored are run, one after another.
  public func outcomes<E: Experiment>(
    overSeeds experiment: (_ seed: UInt64) throws -> E
  ) async throws -> PerSeed<E.Outcome> {
    var outcomes: [E.Outcome] = []
    for seed in options.seeds { outcomes.append(try await runs.outcome(of: experiment(seed))) }
    return PerSeed(seeds: options.seeds, values: outcomes)
  }
}
