import Claims
import CommonSetup
import Experiments
import Goldblum2020Setup
import Plotting
import Reproduction
import Statistics

/// Appendix A.3: how strongly the tasks of weight-clustered Reptile are best drawn together.
@main
struct TableA3ClusteringCoefficient: ComputedFigure {
  static let identity = FigureIdentity(
    "tableA3-clustering-coefficient", of: "Goldblum2020",
    title: "Weight-Clustering by its coefficient, on validation classes",
    summary:
      "Accuracy of weight-clustered Reptile on validation classes by the coefficient; Table 6 "
      + "and Figure 3 take the best.", dataSets: Conv4Experiments.sets)
  static let departures = Departures.reptile

  struct Place: Codable, Hashable {
    var pull: Double
    var shots: Int
  }

  typealias Results = Grid<Place, Double>

  static func seedCount(within budget: Budget) -> Int { budget.pick(smoke: 1, standard: 4) }

  /// Seeds from 100 on, which no other figure has.
  func study(_ options: FigureOptions) throws -> Study<Results> {
    var options = options
    options.seeds = options.seeds.map { $0 + 100 }
    let experiments = try Conv4Experiments(options)
    let places = Conv4World.pulls.flatMap { pull in
      World.testShots.map { Place(pull: pull, shots: $0) }
    }
    return try grid(places, seeds: options.seeds) { place, seed in
      try Study(experiments.validation(ofPull: place.pull, shots: place.shots, seed: seed))
        .map { $0[0].accuracy }
    }.using(experiments.data).using(experiments.dataToChoose(options.seeds))
  }

  func draw(_ results: Results) -> Table {
    Table(
      Self.identity.title,
      columns: World.testShots.map { Table.Column("\($0)-shot", digits: 1) }
        + [Table.Column("mean", digits: 1)],
      caption: "Per cent, 5 ways, validation classes; means over seeds with 95 % intervals "
        + "(Student's t). The coefficient is α times the constant in the gradient of R_i, of which "
        + "the paper calls 5·10⁻⁵ the best."
    ) {
      for pull in Conv4World.pulls {
        let found = World.testShots.compactMap { results[Place(pull: pull, shots: $0)] }
        Table.Row(
          pull == 0 ? "0 (Reptile)" : "\(pull)",
          (found + [PerSeed.mean(of: found)].compactMap(\.self)).map {
            $0.cell(times: 100, paper: nil)
          })
      }
    }
  }

  func quantities(in results: Results) -> [Quantity] {
    for (place, found) in results.found {
      Quantity(
        "accuracy", at: ["coefficient": "\(place.pull)", "shots": "\(place.shots)"],
        found.map { 100 * $0 }, metric: "accuracy-\(place.pull)-\(place.shots)-shot",
        within: .absolute(10))
    }
  }
}
