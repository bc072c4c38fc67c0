import Claims
import CommonSetup
import DataSets
import Experiments
import Goldblum2020Setup
import Plotting
import Reproduction
import Statistics

/// Table 4: classifiers that cluster features have features more like meta-learned ones.
@main
struct Table4CKA: ComputedFigure {
  static let identity = FigureIdentity(
    "table4-cka", of: "Goldblum2020",
    title: "Similarity of classical to meta-learned features",
    summary: "Linear CKA on unseen classes between features learned on episodes and those of a "
      + "classifier, with and without R_FC and R_HV.", dataSets: World.sets.map(\.name))
  static let departures =
    Departures.extractors + [
      "Kernel, layer and images of the paper's CKA are not stated. Here it is linear CKA of the "
        + "backbone's output on test classes, 100 images of each (`standard`: 60), not augmented.",
      "Networks of one seed begin with the same weights, which alone makes their features alike. "
        + "Each meta-learned network is therefore compared with classifiers of another seed, trained "
        + "on the same images.",
    ]

  /// A meta-learned extractor beside a classical one.
  struct Pair: Codable, Hashable {
    var meta: Extractor
    var routine: Extractor.Routine

    var classical: Extractor { meta.trained(routine) }
    func with(_ routine: Extractor.Routine) -> Pair { Pair(meta: meta, routine: routine) }
  }

  struct Found: Codable, Sendable {
    var similarities: Grid<Pair, Double>
    /// Those of classical training, whose accuracy is asked first.
    var extractors: ExtractorGrid
  }

  private static let routines: [Extractor.Routine] = [.classical, .clustering, .hyperplanes]
  private static let imagesPerClass = 100
  /// Added to the seed of a classifier's training that is compared.
  private static let otherSeed: UInt64 = 1000

  func study(_ options: FigureOptions) throws -> Study<BesidePaper<Found>> {
    let experiments = try ExtractorExperiments(options)
    let all = experiments.extractors
    let pairs = all.filter(\.routine.isMetaLearned).flatMap { meta in
      Self.routines.map { Pair(meta: meta, routine: $0) }
    }
    return try grid(pairs, seeds: options.seeds) { pair, seed in
      try Study(
        ExtractorSimilarity(
          of: experiments.run(pair.meta, seed: seed),
          and: experiments.run(
            pair.classical, seed: seed + Self.otherSeed, onImagesOf: seed),
          on: experiments.found.images(of: pair.meta.set).data(seed: seed),
          imagesPerClass: Self.imagesPerClass))
    }
    .and(
      grid(all.filter { $0.routine == .classical }, seeds: options.seeds) {
        try experiments.run($0, seed: $1).study
      }
    )
    .map { Found(similarities: $0, extractors: $1) }
    .using(experiments.data).besidePaper(Self.identity, on: experiments.found, options)
  }

  func draw(_ results: BesidePaper<Found>) -> Table {
    let pairs = results.found.similarities
    return Table(
      Self.identity.title,
      columns: Self.routines.map { Table.Column($0.title, digits: 2, best: .highest) },
      caption: "Linear CKA with the meta-learned features of the row, on images of unseen classes; "
        + "means over seeds with 95 % intervals (Student's t). "
        + results.found.extractors.networkCaption + results.caption
    ) {
      for row in pairs.places.filter({ $0.routine == .classical }) {
        Table.Row(
          "\(row.meta.routine.title) on \(row.meta.network.title), \(results.heading(row.meta.set))",
          Self.routines.map { routine in
            let pair = row.with(routine)
            return pairs[pair]?.cell(paper: Self.paperName(pair).flatMap { results.paper[$0] })
              ?? .missing
          })
      }
    }
  }

  /// Where the paper's network and its meta-learner are ours.
  private static func paperName(_ pair: Pair) -> String? {
    guard pair.meta.separationTitle != nil else { return nil }
    let column = [Extractor.Routine.clustering: "R_FC", .hyperplanes: "R_HV"][pair.routine] ?? "C"
    return "\(pair.meta.network.paperTitle)/\(pair.meta.set.title)/\(column)"
  }

  static func claims(_ scope: ClaimScope) -> [Claim<BesidePaper<Found>>] {
    [
      Claim(
        "goldblum2020/table4-cka/regularizers-raise-similarity",
        quoting: "Using both R2-D2 and MetaOptNet backbones on both mini-ImageNet and CIFAR-FS "
          + "datasets, networks trained with R_FC exhibit higher similarity scores to meta-learned "
          + "networks than networks trained classically but without R_FC.",
        at: "Section 4.4, Table 4",
        gate: World.of(scope.budget).gate(scope, comparesMetaLearning: true) {
          $0.found.extractors.accuracy($1, shots: 1)
        }
      ) {
        for meta in World.of(scope.budget).extractors where meta.routine.isMetaLearned {
          for routine in [Extractor.Routine.clustering, .hyperplanes] {
            Criterion(
              "\(meta.routine.title) on \(meta.network.title), \(meta.set.title), \(routine.title)",
              statistic: "CKA with the meta-learned features of \(routine.title) − of Classical",
              .positive
            ) { results in
              results.found.similarities.gain(
                of: Pair(meta: meta, routine: routine), over: Pair(meta: meta, routine: .classical)
              ) { $0 }
            }
          }
        }
      }
    ]
  }

  func quantities(in results: BesidePaper<Found>) -> [Quantity] {
    for (pair, found) in results.found.similarities.found {
      Quantity(
        "cka",
        at: [
          "data": pair.meta.set.title, "network": pair.meta.network.title,
          "meta-learner": pair.meta.routine.title, "training": pair.routine.title,
        ], found, metric: "cka-\(pair.meta.key)-\(pair.routine.rawValue)",
        paper: Self.paperName(pair).flatMap(results.id))
    }
    results.found.extractors.commonQuantities
  }
}
