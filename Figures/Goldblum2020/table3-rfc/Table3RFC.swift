import Claims
import Goldblum2020Setup
import Plotting
import Reproduction
import Statistics

/// Table 3: classical training that keeps classes apart, against meta-learning.
@main
struct Table3RFC: ExtractorFigure {
  static let name = "table3-rfc"
  static let title = "Feature clustering improves transfer learning"
  static let summary =
    "Few-shot accuracy of classical training with and without R_FC and R_HV, of R2-D2 and of "
    + "MetaOptNet; and the arithmetic that each training takes."
  static let claims: [ClaimStatement] = [
    .rfcHelps(on: [.r2d2]), .rhvHelps(on: [.r2d2]), .fasterThanMetaLearning,
  ]

  private static func paperName(_ extractor: Extractor, shots: Int) -> String {
    "\(extractor.network.paperTitle)/\(extractor.routine.title)/\(extractor.set.title)/\(shots)-shot"
  }

  /// The grid, and beside it what the protocol takes.
  func measure(with context: FigureContext) async throws -> ExtractorGrid {
    var grid = try await grid(with: context)
    grid.protocolArithmetic = try await ProtocolArithmetic(workers: context.runs.workers)
    return grid
  }

  func draw(_ results: ExtractorGrid) -> Table {
    let places = World.sets.flatMap { set in results.shots.map { (set: set, shots: $0) } }
    return Table(
      Self.title,
      columns: places.map { Table.Column("\($0.set.title) \($0.shots)-shot", digits: 1) }
        + [Table.Column("arithmetic", digits: 1, best: .none)],
      caption: caption(results)
    ) {
      for (network, routine) in results.rows {
        Table.Row(
          results.title(network, routine),
          places.map { place in
            let extractor = Extractor(place.set, network, routine)
            return results.accuracy(place.set, network, routine, shots: place.shots)?.cell(
              times: 100, paper: results.paper[Self.paperName(extractor, shots: place.shots)])
              ?? .missing
          } + [
            results.relativeArithmetic(.miniImageNet, network, routine, to: .classical).map {
              .value($0)
            } ?? .missing
          ])
      }
    }
  }

  private func caption(_ results: ExtractorGrid) -> String {
    let ratios = results.protocolArithmetic?.ratios.map(\.ratio) ?? []
    func rounded(_ value: Double) -> Double { (10 * value).rounded() / 10 }
    let images = World.sets.map {
      "\(rounded(World.paperImageRatio(on: $0))) on \($0.title)"
    }
    return "Per cent, 5 ways; means over seeds with 95 % intervals (Student's t). "
      + results.networkCaption + " Arithmetic: multiplications and additions of the whole training "
      + "on mini-ImageNet, in units of the classical one, at this budget. In the paper's protocol "
      + "meta-learning takes \(rounded(ratios.min() ?? 0)) to \(rounded(ratios.max() ?? 0)) times "
      + "the arithmetic of R_FC, mostly since it sees more images, by factors of "
      + "\(images.joined(separator: " and ")); the paper: as much as 13 times the time."
  }

  func claims(in results: ExtractorGrid) -> [ClaimStatement] {
    [
      .rfcHelps(on: results.networks), .rhvHelps(on: results.networks),
      .fasterThanMetaLearning,
    ]
  }

  func evidence(in results: ExtractorGrid) -> [String: [String: Evidence]] {
    let claims = claims(in: results)
    return [
      claims[0].id: results.evidence(that: .clustering),
      claims[1].id: results.evidence(that: .hyperplanes),
      claims[2].id: results.arithmeticEvidence,
    ]
  }

  /// Every training of Table 3 on mini-ImageNet or its stand-in, with the first seed.
  func timedTrainings(for options: FigureOptions) throws -> [TimedTraining] {
    let experiments = try ExtractorExperiments(options)
    return try experiments.world.extractors.filter { $0.set == .miniImageNet }.map {
      let work = try experiments.run($0, seed: options.seeds[0]).work()
      return TimedTraining(
        "\($0.routine.title), \($0.network.title)", updates: work.updates,
        floatingPointOperations: work.floatingPointOperations,
        repeatedUpdate: work.repeatedUpdate)
    }
  }

  func metrics(in results: ExtractorGrid) -> [Metric] {
    let accuracies = results.cells.flatMap { cell in
      results.shots.enumerated().map { index, shots in
        let name = Self.paperName(cell.extractor, shots: shots)
        return Metric(
          "accuracy-\(cell.extractor.key)-\(shots)-shot",
          cell.outcomes.map { 100 * $0.accuracies[index] }, tolerance: .absolute(5),
          paperValue: results.paper[name] == nil ? nil : "goldblum2020/\(Self.name)/\(name)")
      }
    }
    let seeds = results.cells[0].outcomes.seeds
    let relative = results.pairs.compactMap { pair -> Metric? in
      guard
        let ratio = results.relativeArithmetic(
          pair.set, pair.network, pair.routine, to: .clustering)
      else { return nil }
      return Metric(
        "arithmetic-\(pair.extractor.key)-over-clustering",
        PerSeed(seeds: seeds, values: seeds.map { _ in ratio }), tolerance: .relative(1e-9))
    }
    let planned = (results.protocolArithmetic?.ratios ?? []).map { planned in
      Metric(
        "arithmetic-\(planned.extractor.key)-over-clustering-in-protocol",
        PerSeed(seeds: seeds, values: seeds.map { _ in planned.ratio }),
        tolerance: .relative(1e-9))
    }
    return accuracies + relative + planned + results.firstLosses
  }
}
