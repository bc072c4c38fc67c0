import Claims
import CommonSetup
import DataSets
import Experiments
import Goldblum2020Setup
import Measurements
import Plotting
import Reproduction
import Statistics

/// Figure 3: weight-clustered Reptile travels less in fine-tuning.
@main
struct Fig3TravelDistance: ComputedFigure {
  static let identity = FigureIdentity(
    "fig3-travel-distance", of: "Goldblum2020", title: "Distance travelled in fine-tuning",
    summary: "Histograms of the filter-normalised distance between weights before and after "
      + "fine-tuning on unseen classes, by Reptile and by weight-clustered Reptile.",
    dataSets: Conv4Experiments.sets)
  static let departures = Departures.reptile

  struct Place: Codable, Hashable {
    var isClustered: Bool
    var shots: Int

    var title: String { isClustered ? "weight-clustered Reptile" : "Reptile" }
    var key: String { "\(isClustered ? "clustered" : "plain")-\(shots)-shot" }
  }

  struct Found: Codable, Sendable {
    var distances: [Double]
    var filterNorm: Double
    var accuracy: Double

    var distance: Double { distances.reduce(0, +) / Double(distances.count) }
  }

  static func seedCount(within budget: Budget) -> Int { budget.pick(smoke: 2, standard: 10) }

  func study(_ options: FigureOptions) throws -> Study<Grid<Place, Found>> {
    let experiments = try Conv4Experiments(options)
    let places = World.testShots.flatMap { shots in
      [false, true].map { Place(isClustered: $0, shots: shots) }
    }
    return try grid(places, seeds: options.seeds) { place, seed in
      let start = try experiments.tested(
        experiments.reptile(isClustered: place.isClustered, seed: seed), shots: place.shots)
      return try Study(experiments.distances(start, shots: place.shots))
        .and(Study(experiments.accuracy(finetuning: start, shots: place.shots)))
        .map {
          Found(
            distances: $0[0].distances, filterNorm: $0[0].filterNorm, accuracy: $1[0].accuracy)
        }
    }.using(experiments.data)
  }

  func draw(_ results: Grid<Place, Found>) -> Picture {
    let all = results.found.flatMap { $0.values.values.flatMap(\.distances) }
    let top = 1.02 * (all.max() ?? 1)
    let edges = (0...40).map { top * Double($0) / 40 }
    return Picture(
      width: 6.75, columns: 2, sharing: .both, legend: .shared,
      caption: "Episodes of unseen classes, of all seeds. Before fine-tuning a filter has the norm "
        + World.testShots.prefix(1).flatMap { shots in
          [false, true].compactMap { clustered -> String? in
            let place = Place(isClustered: clustered, shots: shots)
            return results[place].map {
              "\(($0.map(\.filterNorm).mean * 1000).rounded() / 1000) (\(place.title))"
            }
          }
        }.joined(separator: " and ")
        + " on the mean over seeds; a larger one makes the distance small."
    ) {
      for shots in World.testShots {
        Plot(
          "\(shots)-shot", x: Axis("filter-normalised distance", range: 0...top),
          y: Axis("episodes", includesZero: true)
        ) {
          for (place, found) in results.found where place.shots == shots {
            Histogram(found.values.flatMap(\.distances), edges: edges, label: place.title)
              .colored(.series(place.isClustered ? 0 : 1))
          }
        }
      }
    }
  }

  static func claims(_ scope: ClaimScope) -> [Claim<Grid<Place, Found>>] {
    [
      Claim(
        "goldblum2020/fig3-travel-distance/travels-less",
        quoting:
          "the parameters of networks trained using our regularized version of Reptile do not "
          + "travel as far during fine-tuning at inference as those trained using vanilla Reptile.",
        at: "Section 5.1, Figure 3",
        gate: Competence.reptile {
          $0.named({ $0.isClustered ? nil : "\($0.shots)-shot" }) { $0.accuracy }
        }
      ) {
        for shots in World.testShots {
          Criterion(
            "\(shots)-shot",
            statistic: "mean filter-normalised distance travelled by weight-clustered Reptile − by "
              + "Reptile", .negative
          ) { difference(shots, in: $0, \.distance) }
          Criterion(
            "\(shots)-shot, norm of filters",
            statistic: "norm of a filter before fine-tuning, weight-clustered − plain", .negative,
            role: .accompanies
          ) { difference(shots, in: $0, \.filterNorm) }
          Criterion(
            "\(shots)-shot, accuracy",
            statistic: "accuracy after fine-tuning, weight-clustered − plain", .positive,
            in: .points,
            role: .accompanies
          ) { difference(shots, in: $0, \.accuracy) }
        }
      }
    ]
  }

  private static func difference(
    _ shots: Int, in results: Grid<Place, Found>, _ value: (Found) -> Double
  ) -> PerSeed<Double>? {
    results.gain(
      of: Place(isClustered: true, shots: shots), over: Place(isClustered: false, shots: shots),
      in: value)
  }

  func quantities(in results: Grid<Place, Found>) -> [Quantity] {
    for (place, found) in results.found {
      let words: KeyValuePairs = ["training": place.title, "shots": "\(place.shots)"]
      Quantity(
        "distance", at: words, found.map(\.distance), metric: "distance-\(place.key)",
        within: .relative(0.02))
      Quantity("filter-norm", at: words, found.map(\.filterNorm), within: nil)
      Quantity("accuracy", at: words, found.map { 100 * $0.accuracy }, within: nil)
    }
  }
}
