import Claims
import CommonSetup
import DataSets
import Experiments
import Goldblum2020Setup
import Plotting
import Reproduction
import Statistics

/// Table 3: classical training that keeps classes apart, against meta-learning.
@main
struct Table3RFC: ComputedFigure {
  static let identity = FigureIdentity(
    "table3-rfc", of: "Goldblum2020",
    title: "Feature clustering improves transfer learning",
    summary: "Few-shot accuracy of classical training with and without R_FC and R_HV, of R2-D2 and "
      + "of MetaOptNet; and the arithmetic that each training takes.",
    dataSets: World.sets.map(\.name))
  static let departures =
    Departures.extractors + [
      "Times are of the paper's trainings on mini-ImageNet, but a meta-training makes an update after "
        + "each pass of two episodes where the paper's makes one after four of them: fifteen turns "
        + "take half an hour even so."
    ]

  struct Found: Codable, Sendable {
    var extractors: ExtractorGrid
    /// The multiplications and additions of trainings, here and in the paper's protocol.
    var operations: Grid<Extractor, Double>
    var operationsInProtocol: Grid<Extractor, Double>
  }

  func study(_ options: FigureOptions) throws -> Study<BesidePaper<Found>> {
    let experiments = try ExtractorExperiments(options)
    let planned = ExtractorExperiments(planning: .of(.paper))
    return try grid(experiments.extractors, seeds: options.seeds) {
      try experiments.run($0, seed: $1).study
    }
    .and(experiments.arithmetic(of: experiments.extractors))
    .and(
      planned.arithmetic(
        of: planned.extractors.filter { $0.routine.isMetaLearned || $0.routine == .clustering })
    )
    .map { Found(extractors: $0.0, operations: $0.1, operationsInProtocol: $1) }
    .using(experiments.data).besidePaper(Self.identity, on: experiments.found, options)
  }

  func draw(_ results: BesidePaper<Found>) -> Table {
    let extractors = results.found.extractors
    let places = World.sets.flatMap { set in World.testShots.map { (set: set, shots: $0) } }
    return Table(
      Self.identity.title,
      columns: places.map { Table.Column("\(results.heading($0.set)) \($0.shots)-shot", digits: 1) }
        + [Table.Column("arithmetic", digits: 1, best: .none)],
      caption: caption(results.found) + results.caption
    ) {
      for row in extractors.rows {
        Table.Row(
          extractors.title(row),
          places.map { place in
            let extractor = Extractor(place.set, row.network, row.routine)
            return extractors.accuracy(extractor, shots: place.shots)?.cell(
              times: 100, paper: results.paper[Self.paperName(extractor, shots: place.shots)])
              ?? .missing
          } + [
            results.found.operations.ratio(of: row, to: row.trained(.classical)).map {
              .value($0)
            } ?? .missing
          ])
      }
    }
  }

  private static func paperName(_ extractor: Extractor, shots: Int) -> String {
    "\(extractor.network.paperTitle)/\(extractor.routine.title)/\(extractor.set.title)/\(shots)-shot"
  }

  private func caption(_ found: Found) -> String {
    let ratios = found.operationsInProtocol.ratiosToClustering.map(\.ratio)
    func rounded(_ value: Double) -> Double { (10 * value).rounded() / 10 }
    let images = World.sets.map {
      "\(rounded(World.paperImageRatio(on: $0))) on \($0.title)"
    }
    return "Per cent, 5 ways; means over seeds with 95 % intervals (Student's t). "
      + found.extractors.networkCaption
      + " Arithmetic: multiplications and additions of the whole training on mini-ImageNet, in "
      + "units of the classical one, at this budget. In the paper's protocol meta-learning takes "
      + "\(rounded(ratios.min() ?? 0)) to \(rounded(ratios.max() ?? 0)) times the arithmetic of "
      + "R_FC, mostly since it sees more images, by factors of "
      + "\(images.joined(separator: " and ")); the paper: as much as 13 times the time."
  }

  static func claims(_ scope: ClaimScope) -> [Claim<BesidePaper<Found>>] {
    [
      regularizerHelps(
        "rfc-helps", .clustering, scope,
        quoting: "In all experiments, feature clustering improves the performance of transfer "
          + "learning", at: "Section 4.4, Table 3"),
      regularizerHelps(
        "rhv-helps", .hyperplanes, scope,
        quoting: "We find that this regularizer performs almost as well as R_FC and conclusively "
          + "outperforms non-regularized classical training.", at: "Section 4.5, Table 3"),
      fasterThanMetaLearning(scope),
    ]
  }

  private static func regularizerHelps(
    _ name: String, _ routine: Extractor.Routine, _ scope: ClaimScope, quoting sentence: String,
    at location: String
  ) -> Claim<BesidePaper<Found>> {
    Claim(
      "goldblum2020/table3-rfc/\(name)", quoting: sentence, at: location,
      gate: World.of(scope.budget).gate(scope, comparesMetaLearning: false) {
        $0.found.extractors.accuracy($1, shots: 1)
      }
    ) {
      for network in World.of(scope.budget).networks {
        for set in World.sets {
          for (index, shots) in World.testShots.enumerated() {
            Criterion(
              "\(network.title), \(set.title), \(shots)-shot",
              statistic: "accuracy of \(routine.title) − accuracy of Classical", .positive,
              in: .points
            ) { results in
              results.found.extractors.gain(
                of: Extractor(set, network, routine), over: Extractor(set, network, .classical)
              ) { $0.accuracies[index] }
            }
          }
        }
      }
    }
  }

  func quantities(in results: BesidePaper<Found>) -> [Quantity] {
    for (extractor, found) in results.found.extractors.found {
      for (index, shots) in World.testShots.enumerated() {
        Quantity(
          "accuracy-\(shots)-shot", at: extractor.columns, found.map { 100 * $0.accuracies[index] },
          metric: "accuracy-\(extractor.key)-\(shots)-shot", within: .absolute(5),
          paper: results.id(Self.paperName(extractor, shots: shots)))
      }
    }
    for (suffix, operations) in [
      ("", results.found.operations), ("-in-protocol", results.found.operationsInProtocol),
    ] {
      for (extractor, ratio) in operations.ratiosToClustering {
        Quantity(
          "arithmetic-over-clustering\(suffix)", at: extractor.columns,
          PerSeed(seeds: [0], values: [ratio]),
          metric: "arithmetic-\(extractor.key)-over-clustering\(suffix)", within: .relative(1e-9))
      }
    }
    results.found.extractors.commonQuantities
  }
}
