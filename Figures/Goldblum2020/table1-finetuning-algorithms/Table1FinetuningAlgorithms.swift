import Claims
import CommonSetup
import DataSets
import Experiments
import Goldblum2020Setup
import Plotting
import Reproduction
import Statistics

/// Table 1: meta-learned features serve other fine-tuning algorithms than their own as well.
@main
struct Table1FinetuningAlgorithms: ComputedFigure {
  static let identity = FigureIdentity(
    "table1-finetuning-algorithms", of: "Goldblum2020",
    title: "Meta-learned and classical features under four fine-tuning algorithms",
    summary: "One-shot accuracy on mini-ImageNet of extractors trained on episodes and as "
      + "classifiers, by SVM, ridge regression, ProtoNet and MAML.",
    dataSets: FinetuningExperiments.sets)
  static let departures =
    Departures.extractors + [
      "What MAML is as a fine-tuner is not said. Here all weights and a new head that begins with zeros "
        + "follow \(FinetuningFit.steps) steps of gradient descent on the support set, and layers "
        + "normalise by the batch at hand.",
      "The published C = 0.1 and λ = 50 suit the published widths. Here C, λ and the rate of MAML are "
        + "those of four with which an extractor answers most episodes of validation classes, seed by "
        + "seed; trainings keep the published ones.",
    ]

  struct Place: Codable, Hashable {
    var extractor: Extractor
    var algorithm: FinetuningAlgorithm

    /// Its name in `Data/papers`, where the paper has the extractor.
    var paperName: String? { extractor.separationTitle.map { "\($0)/\(algorithm.title)" } }
  }

  typealias Results = BesidePaper<Grid<Place, FinetunedOutcome>>

  func study(_ options: FigureOptions) throws -> Study<Results> {
    let experiments = try FinetuningExperiments(options)
    let places = experiments.extractors.flatMap { extractor in
      FinetuningAlgorithm.allCases.map { Place(extractor: extractor, algorithm: $0) }
    }
    return try grid(places, seeds: options.seeds) { place, seed in
      try Study(experiments.accuracy(of: place.extractor, by: place.algorithm, seed: seed))
    }.using(experiments.data).besidePaper(Self.identity, on: experiments.images, options)
  }

  func draw(_ results: Results) -> Table {
    let rows = results.found.places.filter { $0.algorithm == .machine }.map(\.extractor)
    let areOfOneNetwork = Set(rows.map(\.network)).count == 1
    return Table(
      Self.identity.title,
      columns: FinetuningAlgorithm.allCases.map { Table.Column($0.title, digits: 1) },
      caption: "Per cent, 5-way 1-shot, \(results.title(.miniImageNet)); means over seeds with "
        + "95 % intervals (Student's t)."
        + (areOfOneNetwork ? " All on the network of \(rows[0].network.title), narrowed." : "")
        + " C, λ and the rate of MAML are chosen for each extractor on validation classes."
        + results.caption
    ) {
      for row in rows {
        Table.Row(
          areOfOneNetwork
            ? row.routine.title : "\(row.routine.title) on \(row.network.title)",
          FinetuningAlgorithm.allCases.map { algorithm in
            let place = Place(extractor: row, algorithm: algorithm)
            return results.found[place]?.map(\.accuracy).cell(
              times: 100, paper: place.paperName.flatMap { results.paper[$0] }) ?? .missing
          })
      }
    }
  }

  static func claims(_ scope: ClaimScope) -> [Claim<Results>] {
    let world = World.of(scope.budget)
    let learned = world.extractors.filter { $0.set == .miniImageNet && $0.routine.isMetaLearned }
    let places = learned.flatMap { extractor in
      FinetuningAlgorithm.allCases.map { Place(extractor: extractor, algorithm: $0) }
    }
    return [
      Claim(
        "goldblum2020/table1-finetuning-algorithms/meta-beats-classical",
        quoting: "We find that in all cases, the meta-learned feature extractors outperform "
          + "classically trained models of the same architecture.", at: "Section 3, Table 1",
        gate: world.gate(scope, on: [.miniImageNet], comparesMetaLearning: true) {
          $0.found[Place(extractor: $1, algorithm: .machine)]?.map(\.accuracy)
        }
      ) {
        Criterion(
          "all extractors and algorithms",
          statistic: "accuracy of the meta-learned extractor − that of the classical one of the "
            + "same network, mean over extractors and fine-tuning algorithms", .positive,
          in: .points,
          paperEffect: 0.0886
        ) { results in PerSeed.mean(of: places.map { gain($0, in: results) }) }
        for place in places {
          Criterion(
            "\(place.extractor.routine.title) on \(place.extractor.network.title), "
              + place.algorithm.title,
            statistic: "accuracy of the meta-learned extractor − that of the classical one",
            .positive, in: .points, role: .accompanies
          ) { gain(place, in: $0) }
        }
      }
    ]
  }

  private static func gain(_ place: Place, in results: Results) -> PerSeed<Double>? {
    var classical = place
    classical.extractor.routine = .classical
    return results.found.gain(of: place, over: classical) { $0.accuracy }
  }

  func quantities(in results: Results) -> [Quantity] {
    for (place, found) in results.found.found {
      let words: KeyValuePairs = [
        "network": place.extractor.network.title, "training": place.extractor.routine.title,
        "fine-tuning": place.algorithm.title,
      ]
      Quantity(
        "accuracy", at: words, found.map { 100 * $0.accuracy },
        metric: "accuracy-\(place.extractor.key)-\(place.algorithm.rawValue)", within: .absolute(5),
        paper: place.paperName.flatMap(results.id))
      Quantity("setting", at: words, whereKnown: found.map(\.fit.setting))
    }
  }
}
