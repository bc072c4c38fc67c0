import Experiments
import Reproduction
import Statistics

extension FigureContext {
  /// The outcomes of experiments, in their order, as many at once as there are workers.
  ///
  /// Whole runs share nothing, so a worker is better spent on a run of its own than on a part of one.
  public func outcomes<E: Experiment>(of experiments: [E]) async throws -> [E.Outcome] {
    let single = RunStore(folder: runs.folder, workers: 1, progress: runs.progress)
    return try await concurrentMap(experiments, workers: runs.workers) {
      try await single.outcome(of: $0)
    }
  }

  /// The outcomes of a grid of experiments, a row for each variant, a value for each seed.
  public func outcomes<Variant, E: Experiment>(
    of variants: [Variant], overSeeds experiment: (Variant, UInt64) throws -> E
  ) async throws -> [PerSeed<E.Outcome>] {
    let grid = try variants.flatMap { variant in
      try options.seeds.map { try experiment(variant, $0) }
    }
    let outcomes = try await outcomes(of: grid)
    return variants.indices.map { row in
      let first = row * options.seeds.count
      return PerSeed(
        seeds: options.seeds, values: Array(outcomes[first..<first + options.seeds.count]))
    }
  }
}
