import Claims
import Episodes
import Experiments
import Goldblum2020Setup
import Plotting
import Reproduction
import Statistics

/// Theorem 1: where classes vary little beside their distance, one example of each is enough.
@main
struct Theorem1VarianceBound: Goldblum2020Figure {
  static let name = "theorem1-variance-bound"
  static let title = "One-shot error and the bound of Theorem 1"
  static let summary =
    "Errors of the classifier of the widest margin between two examples, over distributions and "
    + "variance ratios, against the bound 32ε/(1 − ε)."
  static let claims = [ClaimStatement.boundHolds]
  static let departures = [
    "The paper proves the bound and measures nothing; distributions, dimensions and ratios are "
      + "chosen here. The bound says nothing from ε = 1/33 on, where it exceeds one, so that only "
      + "ratios up to 0.03 decide."
  ]

  struct Results: Codable, Sendable {
    var ratios: [Double]
    /// The trials at each ratio of each seed.
    var trials: Int
    var rows: [Row]

    struct Row: Codable, Sendable {
      var distribution: Distribution
      var dimensions: Int
      /// The right answers at each ratio, seed by seed.
      var successes: PerSeed<[Int]>

      /// The right answers of all seeds at the ratio of an index.
      func successes(at index: Int) -> Int { successes.values.reduce(0) { $0 + $1[index] } }
    }

    /// The trials of all seeds.
    func allTrials(_ row: Row) -> Int { trials * row.successes.count }

    func error(_ row: Row, _ index: Int) -> Double {
      1 - Double(row.successes(at: index)) / Double(allTrials(row))
    }
  }

  /// What X and Y are.
  enum Distribution: String, CaseIterable, Codable {
    case normal, ball, line, heavyTails, outliers, point

    var scatter: ClassClouds.Scatter {
      switch self {
      case .normal, .point: .normal
      case .ball: .ball
      case .line: .line
      case .heavyTails: .heavyTails
      case .outliers: .outliers
      }
    }

    var title: String {
      switch self {
      case .normal: "normal"
      case .ball: "uniform in a ball"
      case .line: "normal, towards each other"
      case .heavyTails: "Student’s t, 3 degrees"
      case .outliers: "rare outliers"
      case .point: "X normal, Y a point"
      }
    }
  }

  private static let ratios = [0.001, 0.003, 0.01, 0.02, 0.03, 0.06, 0.1, 0.2, 0.4, 0.8, 1.2, 1.6]
  private static let dimensions = [2, 32]
  private static let largestDecidingRatio = 0.03
  static func bound(_ ratio: Double) -> Double { 32 * ratio / (1 - ratio) }

  private func trials(_ options: FigureOptions) -> Int {
    options.budget.pick(smoke: 500, standard: 10_000, overnight: 100_000)
  }

  private func run(
    _ distribution: Distribution, _ dimensions: Int, _ seed: UInt64, _ options: FigureOptions
  ) -> OneShotTrials {
    OneShotTrials(
      distribution.scatter, shareOfFirst: distribution == .point ? 1 : 0.5,
      dimensions: dimensions, ratios: Self.ratios, trials: trials(options), seed: seed)
  }

  private var places: [(distribution: Distribution, dimensions: Int)] {
    Self.dimensions.flatMap { count in Distribution.allCases.map { ($0, count) } }
  }

  func runs(for options: FigureOptions) throws -> [PlannedRun] {
    try places.flatMap { place in
      try options.seeds.map {
        try PlannedRun(run(place.distribution, place.dimensions, $0, options))
      }
    }
  }

  func measure(with context: FigureContext) async throws -> Results {
    let outcomes = try await context.outcomes(of: places) {
      run($0.distribution, $0.dimensions, $1, context.options)
    }
    return Results(
      ratios: Self.ratios, trials: trials(context.options),
      rows: zip(places, outcomes).map {
        Results.Row(distribution: $0.distribution, dimensions: $0.dimensions, successes: $1)
      })
  }

  func draw(_ results: Results) -> Picture {
    Picture(width: 6.75, sharing: .y, legend: .shared, caption: caption(results)) {
      for dimensions in Self.dimensions {
        Plot(
          "\(dimensions) dimensions",
          x: Axis(
            "variance ratio, ε = (Var[X] + Var[Y]) / Var[U]", range: 8e-4...2,
            spacing: .logarithmic),
          y: Axis("probability of a wrong label", range: 1e-5...1.6, spacing: .logarithmic)
        ) {
          for row in results.rows where row.dimensions == dimensions {
            Line(
              results.ratios,
              results.ratios.indices.map {
                let error = results.error(row, $0)
                return error > 0 ? error : .nan
              }, label: row.distribution.title)
          }
          Line(
            Self.boundLine, Self.boundLine.map { min(Self.bound($0), 1) },
            label: "bound, 32ε/(1 − ε)", markers: false)
        }
      }
    }
  }

  private static var boundLine: [Double] { [0.001, 0.002, 0.005, 0.01, 0.02, 1 / 33.0] }

  private func caption(_ results: Results) -> String {
    let index = results.ratios.lastIndex { $0 <= Self.largestDecidingRatio } ?? 0
    let worst = results.rows.map { results.error($0, index) }.max() ?? 0
    let times = worst > 0 ? Self.bound(results.ratios[index]) / worst : .infinity
    return "Wrong labels among \(results.rows.map(results.allTrials).max() ?? 0) trials at each "
      + "point; where none was wrong, nothing is drawn. At ε = \(results.ratios[index]) the bound "
      + "is \(Int(times.isFinite ? times.rounded() : 0)) times the largest error measured. Right of "
      + "ε = 1/33 it says nothing."
  }

  func evidence(in results: Results) -> [String: [String: Evidence]] {
    let margins = results.rows.flatMap { row in
      results.ratios.indices.filter { results.ratios[$0] <= Self.largestDecidingRatio }.map {
        Interval.wilsonLowerLimit(
          successes: row.successes(at: $0), trials: results.allTrials(row))
          - (1 - Self.bound(results.ratios[$0]))
      }
    }
    return [ClaimStatement.boundHolds.id: ["margin": .exact(margins)]]
  }

  func metrics(in results: Results) -> [Metric] {
    results.rows.map { row in
      Metric(
        "accuracy-\(row.distribution.rawValue)-\(row.dimensions)-at-0.1",
        row.successes.map {
          Double($0[results.ratios.firstIndex(of: 0.1) ?? 0]) / Double(results.trials)
        },
        tolerance: .absolute(1e-9))
    }
  }

  func table(of results: Results) -> TidyTable {
    var table = TidyTable(columns: [
      "distribution", "dimensions", "ratio", "seed", "trials", "errors", "bound",
    ])
    for row in results.rows {
      for (seed, successes) in zip(row.successes.seeds, row.successes.values) {
        for (ratio, count) in zip(results.ratios, successes) {
          table.append([
            .text(row.distribution.title), .integer(row.dimensions), .number(ratio),
            .text(String(seed)), .integer(results.trials), .integer(results.trials - count),
            .number(Self.bound(ratio)),
          ])
        }
      }
    }
    return table
  }
}
