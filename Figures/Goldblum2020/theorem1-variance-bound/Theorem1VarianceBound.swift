import Claims
import CommonSetup
import Experiments
import Goldblum2020Setup
import Plotting
import Reproduction
import Statistics

/// Theorem 1: where classes vary little beside their distance, one example of each is enough.
@main
struct Theorem1VarianceBound: ComputedFigure {
  static let identity = FigureIdentity(
    "theorem1-variance-bound", of: "Goldblum2020",
    title: "One-shot error and the bound of Theorem 1",
    summary: "Errors of the classifier of the widest margin between two examples, over "
      + "distributions and variance ratios, against the bound 32ε/(1 − ε).")
  static let departures = [
    "The paper proves the bound and measures nothing; distributions, dimensions and ratios are "
      + "chosen here. The bound says nothing from ε = 1/33 on, where it exceeds one, so that only "
      + "ratios up to 0.03 decide."
  ]

  /// A distribution in so many dimensions.
  struct Place: Codable, Hashable {
    var distribution: Distribution
    var dimensions: Int
  }

  struct Results: Codable, Sendable {
    var ratios: [Double]
    /// The trials at each ratio of each seed.
    var trials: Int
    /// The right answers at each ratio.
    var successes: Grid<Place, [Int]>

    /// The right answers of all seeds at the ratio of an index.
    func successes(_ found: PerSeed<[Int]>, _ index: Int) -> Int {
      found.values.reduce(0) { $0 + $1[index] }
    }

    func error(_ found: PerSeed<[Int]>, _ index: Int) -> Double {
      1 - Double(successes(found, index)) / Double(trials * found.count)
    }
  }

  private static let ratios = [0.001, 0.003, 0.01, 0.02, 0.03, 0.06, 0.1, 0.2, 0.4, 0.8, 1.2, 1.6]
  private static let dimensions = [2, 32]
  private static let largestDecidingRatio = 0.03
  static func bound(_ ratio: Double) -> Double { 32 * ratio / (1 - ratio) }

  private func trials(_ options: FigureOptions) -> Int {
    options.budget.pick(smoke: 500, standard: 10_000, overnight: 100_000)
  }

  func study(_ options: FigureOptions) throws -> Study<Results> {
    let trials = trials(options)
    let places = Self.dimensions.flatMap { count in
      Distribution.allCases.map { Place(distribution: $0, dimensions: count) }
    }
    return try grid(places, seeds: options.seeds) { place, seed in
      try Study(
        OneShotTrials(
          place.distribution.scatter, shareOfFirst: place.distribution == .point ? 1 : 0.5,
          dimensions: place.dimensions, ratios: Self.ratios, trials: trials, seed: seed))
    }.map { Results(ratios: Self.ratios, trials: trials, successes: $0) }
  }

  func draw(_ results: Results) -> Picture {
    let errors = results.successes.found.flatMap { place in
      results.ratios.indices.map { results.error(place.values, $0) }
    }
    let least = errors.filter { $0 > 0 }.reduce(1e-5, min)
    return Picture(width: 6.75, sharing: .y, legend: .shared, caption: caption(results)) {
      for dimensions in Self.dimensions {
        Plot(
          "\(dimensions) dimensions",
          x: Axis(
            "variance ratio, ε = (Var[X] + Var[Y]) / Var[U]", range: 8e-4...2,
            spacing: .logarithmic),
          y: Axis(
            "probability of a wrong label", range: least...1.6, spacing: .logarithmic)
        ) {
          for (place, found) in results.successes.found where place.dimensions == dimensions {
            Line(
              results.ratios,
              results.ratios.indices.map {
                let error = results.error(found, $0)
                return error > 0 ? error : .nan
              }, label: place.distribution.title)
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
    let worst = results.successes.found.map { results.error($0.values, index) }.max() ?? 0
    let times = worst > 0 ? Self.bound(results.ratios[index]) / worst : .infinity
    let seeds = results.successes.found[0].values.count
    return "Wrong labels among \(results.trials * seeds) trials at each "
      + "point; where none was wrong, nothing is drawn. At ε = \(results.ratios[index]) the bound "
      + "is \(Int(times.isFinite ? times.rounded() : 0)) times the largest error measured. Right of "
      + "ε = 1/33 it says nothing."
  }

  static func claims(_ scope: ClaimScope) -> [Claim<Results>] {
    [
      Claim(
        "goldblum2020/theorem1-variance-bound/bound-holds",
        quoting: "This classifier assigns the correct label to z with probability at least "
          + "1 − 32ε/(1 − ε).", at: "Theorem 1"
      ) {
        Criterion(
          "margin",
          statistic: "Wilson's one-sided 95 % limit of the accuracy, over the trials of all seeds, "
            + "minus the bound, for every distribution and every ε ≤ 0.03", .positive, in: .points
        ) { .exact(margins($0)) }
      }
    ]
  }

  private static func margins(_ results: Results) -> [Double] {
    results.successes.found.flatMap { place in
      results.ratios.indices.filter { results.ratios[$0] <= largestDecidingRatio }.map {
        Interval.wilsonLowerLimit(
          successes: results.successes(place.values, $0),
          trials: results.trials * place.values.count) - (1 - bound(results.ratios[$0]))
      }
    }
  }

  func quantities(in results: Results) -> [Quantity] {
    for (place, found) in results.successes.found {
      Quantity(
        "accuracy",
        at: ["distribution": place.distribution.title, "dimensions": "\(place.dimensions)"],
        found.map { $0.map { Double($0) / Double(results.trials) } }, over: "ratio",
        results.ratios,
        holding: [
          .point(
            results.ratios.firstIndex(of: 0.1) ?? 0,
            "accuracy-\(place.distribution.rawValue)-\(place.dimensions)-at-0.1",
            within: .absolute(1e-9))
        ])
    }
  }
}
