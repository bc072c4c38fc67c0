import Claims
import CommonSetup
import Experiments
import Networks
import Plotting
import Reproduction
import Statistics

/// Table 2 or 3: what is shown differs, what is trained and measured does not.
public protocol ExtractorFigure: Goldblum2020Figure where Results == ExtractorGrid {}

extension ExtractorFigure {
  /// Scenes, or the published images.
  public static var dataSets: [String] { ImageSet.choices }

  /// The digests of the images.
  public func dataDigests(for options: FigureOptions) throws -> [String: String] {
    try ExtractorExperiments(options).digests
  }

  /// Every training and its test.
  public func runs(for options: FigureOptions) throws -> [PlannedRun] {
    let experiments = try ExtractorExperiments(options)
    return try experiments.world.extractors.flatMap { extractor in
      try options.seeds.flatMap {
        let run = try experiments.run(extractor, seed: $0)
        return [run.training, run.test]
      }
    }
  }

  /// The grid.
  public func measure(with context: FigureContext) async throws -> ExtractorGrid {
    try await grid(with: context)
  }

  /// The grid; trainings are done first, several at once.
  public func grid(with context: FigureContext) async throws -> ExtractorGrid {
    let seeds = context.options.seeds
    let experiments = try ExtractorExperiments(context.options)
    let extractors = experiments.world.extractors
    let rows = try extractors.map { extractor in
      try seeds.map { try experiments.run(extractor, seed: $0) }
    }
    // Meta-training takes longest, and so begins first.
    let ordered = zip(extractors, rows).sorted {
      $0.0.routine.isMetaLearned && !$1.0.routine.isMetaLearned
    }.flatMap(\.1)
    try await context.runs.complete(ordered.map(\.training))
    try await context.runs.complete(ordered.map(\.test))
    var cells: [ExtractorGrid.Cell] = []
    for (extractor, row) in zip(extractors, rows) {
      var (outcomes, losses): ([ExtractorOutcome], [ExtractorLosses]) = ([], [])
      for run in row {
        outcomes.append(try await run.outcome(from: context.runs))
        losses.append(try await run.losses(from: context.runs))
      }
      cells.append(
        ExtractorGrid.Cell(
          extractor: extractor, outcomes: PerSeed(seeds: seeds, values: outcomes),
          operations: row[0].work().floatingPointOperations,
          losses: PerSeed(seeds: seeds, values: losses)))
    }
    return ExtractorGrid(
      cells: cells, shots: World.testShots,
      paper: try PaperValues.load("goldblum2020", from: .located()).numbers(of: Self.name))
  }

  /// A row for every extractor and seed.
  public func table(of results: ExtractorGrid) -> TidyTable {
    var table = TidyTable(columns: [
      "data", "network", "training", "seed", "epoch", "accuracy_1_shot", "accuracy_5_shot",
      "R_FC", "R_HV", "R_FC_printed", "R_HV_printed", "operations",
    ])
    for cell in results.cells {
      for (seed, outcome) in zip(cell.outcomes.seeds, cell.outcomes.values) {
        let separation = outcome.separation
        table.append([
          .text(cell.extractor.set.title), .text(cell.extractor.network.title),
          .text(cell.extractor.routine.title), .text(String(seed)), .integer(outcome.epoch),
          .number(outcome.accuracies[0]), .number(outcome.accuracies[1]),
          .number(separation[.featureClustering, .released]),
          .number(separation[.hyperplaneVariation, .released]),
          .number(separation[.featureClustering, .printed]),
          .number(separation[.hyperplaneVariation, .printed]), .number(cell.operations),
        ])
      }
    }
    return table
  }

  /// Those of trainings and their tests.
  public static var departures: [String] { extractorDepartures }
}
