import Claims
import CommonSetup
import DataSets
import Experiments
import Goldblum2020Setup
import Measurements
import Plotting
import Reproduction
import Statistics

/// Table 6: Reptile does better when its tasks are asked to stay near each other.
@main
struct Table6WeightClustering: ComputedFigure {
  static let identity = FigureIdentity(
    "table6-weight-clustering", of: "Goldblum2020",
    title: "Weight-clustered Reptile and its rivals",
    summary:
      "Accuracy on mini-ImageNet with 1 and 5 shots: a classifier, first-order MAML, Reptile, "
      + "and Reptile with Weight-Clustering.", dataSets: Conv4Experiments.sets)
  static let departures = Departures.reptile

  /// A row, by its name in the paper.
  enum Arm: String, CaseIterable, Codable {
    case classical = "Classical"
    case firstOrder = "FOMAML"
    case plain = "Reptile"
    case clustered = "W-Clustering"
  }

  struct Place: Codable, Hashable {
    var arm: Arm
    var shots: Int

    var name: String { "\(arm.rawValue)/\(shots)-shot" }
  }

  typealias Results = BesidePaper<Grid<Place, Double>>

  static func seedCount(within budget: Budget) -> Int { budget.pick(smoke: 2, standard: 10) }

  func study(_ options: FigureOptions) throws -> Study<Results> {
    let experiments = try Conv4Experiments(options)
    let places = Arm.allCases.flatMap { arm in
      World.testShots.map { Place(arm: arm, shots: $0) }
    }
    return try grid(places, seeds: options.seeds) { place, seed in
      try accuracy(place, seed, experiments).map { $0[0].accuracy }
    }.using(experiments.data).besidePaper(Self.identity, on: [experiments.images], options)
  }

  private func accuracy(
    _ place: Place, _ seed: UInt64, _ experiments: Conv4Experiments
  ) throws -> Study<[EvaluationOutcome]> {
    let shots = place.shots
    switch place.arm {
    case .classical:
      return try Study(
        experiments.accuracy(
          finetuning: experiments.classifier(shots: shots, seed: seed), shots: shots))
    case .firstOrder:
      return try Study(
        experiments.accuracy(
          ofFirstOrder: experiments.firstOrderMAML(shots: shots, seed: seed), shots: shots))
    case .plain, .clustered:
      let training = try experiments.reptile(isClustered: place.arm == .clustered, seed: seed)
      return try Study(
        experiments.accuracy(
          finetuning: experiments.tested(training, shots: shots), shots: shots))
    }
  }

  func draw(_ results: Results) -> Table {
    Table(
      Self.identity.title,
      columns: World.testShots.map { Table.Column("\($0)-shot", digits: 1) },
      caption: "Per cent, 5 ways, one query of each class in one batch (transductive); means over "
        + "seeds with 95 % intervals (Student's t). Weight-clustering pulls the tasks of a "
        + "meta-batch towards their mean at every inner step." + results.caption
    ) {
      for arm in Arm.allCases {
        Table.Row(
          arm.rawValue,
          World.testShots.map { shots in
            let place = Place(arm: arm, shots: shots)
            return results.found[place]?.cell(times: 100, paper: results.paper[place.name])
              ?? .missing
          })
      }
    }
  }

  static func claims(_ scope: ClaimScope) -> [Claim<Results>] {
    [
      Claim(
        "goldblum2020/table6-weight-clustering/clustering-helps-reptile",
        quoting:
          "in both cases, Reptile with Weight-Clustering achieves higher performance than the "
          + "original algorithm and significantly better performance than FOMAML and the classically "
          + "trained models.", at: "Section 5.1, Table 6",
        gate: Competence.reptile {
          $0.found.named({ $0.arm == .plain ? "\($0.shots)-shot" : nil }) { $0 }
        }
      ) {
        for (shots, effect) in [(1, 0.0197), (5, 0.0203)] {
          Criterion(
            "over Reptile, \(shots)-shot",
            statistic: "accuracy of weight-clustered Reptile − accuracy of Reptile", .positive,
            in: .points,
            paperEffect: effect
          ) { gain(over: .plain, shots: shots, in: $0) }
          for arm in [Arm.firstOrder, .classical] {
            Criterion(
              "over \(arm.rawValue), \(shots)-shot",
              statistic: "accuracy of weight-clustered Reptile − accuracy of \(arm.rawValue)",
              .positive, in: .points, role: .accompanies
            ) { gain(over: arm, shots: shots, in: $0) }
          }
        }
      }
    ]
  }

  private static func gain(
    over arm: Arm, shots: Int, in results: Results
  ) -> PerSeed<Double>? {
    results.found.gain(
      of: Place(arm: .clustered, shots: shots), over: Place(arm: arm, shots: shots)
    ) { $0 }
  }

  func quantities(in results: Results) -> [Quantity] {
    for (place, found) in results.found.found {
      Quantity(
        "accuracy", at: ["training": place.arm.rawValue, "shots": "\(place.shots)"],
        found.map { 100 * $0 }, metric: "accuracy-\(place.arm.rawValue)-\(place.shots)-shot",
        within: .absolute(10), paper: results.id(place.name))
    }
  }
}
