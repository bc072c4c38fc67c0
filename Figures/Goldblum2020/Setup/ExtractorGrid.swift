import Experiments
import Networks
import Plotting
import Reproduction
import Statistics

/// What was found of the extractors, seed by seed: the results of Tables 2 and 3.
public struct ExtractorGrid: Codable, Sendable {
  /// What was found of one.
  public struct Cell: Codable, Sendable {
    /// Which one.
    public var extractor: Extractor
    /// What was found of it.
    public var outcomes: PerSeed<ExtractorOutcome>
    /// The multiplications and additions of its training.
    public var operations: Double
  }

  /// All that were trained.
  public var cells: [Cell]
  /// The numbers of shots.
  public var shots: [Int]
  /// What the paper says, by the rest of the value's name.
  public var paper: [String: Double]

  /// An extractor's cell, if it was trained.
  public subscript(_ set: ImageSet, _ network: Extractor.Network, _ routine: Extractor.Routine)
    -> Cell?
  {
    cells.first { $0.extractor == Extractor(set, network, routine) }
  }

  /// The networks, in the order of the paper.
  public var networks: [Extractor.Network] {
    Extractor.Network.allCases.filter { network in
      cells.contains { $0.extractor.network == network }
    }
  }

  /// The rows of the tables: networks and what was trained on them, in the order of the paper.
  public var rows: [(network: Extractor.Network, routine: Extractor.Routine)] {
    cells.map(\.extractor).filter { $0.set == cells[0].extractor.set }.map {
      ($0.network, $0.routine)
    }
  }

  /// The name of a row: the training, and its network where there are several.
  public func title(_ network: Extractor.Network, _ routine: Extractor.Routine) -> String {
    networks.count == 1 ? routine.title : "\(routine.title) on \(network.title)"
  }

  /// What a caption says of the networks.
  public var networkCaption: String {
    networks.count == 1
      ? "All on the network of \(networks[0].title), narrowed."
      : "Each row is a training and its network."
  }

  /// The accuracy of an extractor with so many shots.
  public func accuracy(
    _ set: ImageSet, _ network: Extractor.Network, _ routine: Extractor.Routine, shots: Int
  ) -> PerSeed<Double>? {
    guard let index = self.shots.firstIndex(of: shots) else { return nil }
    return self[set, network, routine]?.outcomes.map { $0.accuracies[index] }
  }

  /// How far an extractor keeps the training classes apart.
  public func separation(
    _ set: ImageSet, _ network: Extractor.Network, _ routine: Extractor.Routine,
    _ measure: ClassSeparation, _ form: ClassSeparation.Form
  ) -> PerSeed<Double>? {
    self[set, network, routine]?.outcomes.map { $0.separation[measure, form] }
  }

  /// The arithmetic of a meta-learner's training in units of that of classical training.
  public func relativeArithmetic(
    _ set: ImageSet, _ network: Extractor.Network, _ routine: Extractor.Routine,
    to other: Extractor.Routine
  ) -> Double? {
    guard let own = self[set, network, routine], let unit = self[set, network, other] else {
      return nil
    }
    return own.operations / unit.operations
  }
}

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

  /// The grid; trainings are done first, several at once.
  public func measure(with context: FigureContext) async throws -> ExtractorGrid {
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
      var outcomes: [ExtractorOutcome] = []
      for run in row { outcomes.append(try await run.outcome(from: context.runs)) }
      cells.append(
        ExtractorGrid.Cell(
          extractor: extractor, outcomes: PerSeed(seeds: seeds, values: outcomes),
          operations: row[0].work().floatingPointOperations))
    }
    let prefix = "goldblum2020/\(Self.name)/"
    let paper = try PaperValues.load("goldblum2020", from: .located()).values(of: Self.name)
    return ExtractorGrid(
      cells: cells, shots: World.testShots,
      paper: Dictionary(
        uniqueKeysWithValues: paper.map { (String($0.id.dropFirst(prefix.count)), $0.value) }))
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

extension PerSeed<Double> {
  /// A cell of a table: the mean with its 95 % interval, and the paper's value.
  public func cell(times factor: Double = 1, paper: Double?) -> Table.Cell {
    let interval = interval()
    return .value(
      factor * interval.estimate,
      interval.isBounded ? factor * interval.lower...factor * interval.upper : nil, paper: paper)
  }
}
