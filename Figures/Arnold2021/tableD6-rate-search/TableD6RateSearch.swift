import Algorithms
import Arnold2021Setup
import Claims
import CommonSetup
import Experiments
import Plotting
import Reproduction
import Statistics

/// How the adaptation rates below the paper's size are found, as the paper found those of Table D.6: on
/// validation classes, for each method and depth.
@main
struct TableD6RateSearch: ComputedFigure {
  static let identity = FigureIdentity(
    "tableD6-rate-search", of: "Arnold2021",
    title: "Adaptation rates by accuracy on validation classes",
    summary:
      "Accuracy of every method and depth on validation classes after one epoch, by adaptation rate; "
      + "the other tables' runs take what is chosen here.",
    dataSets: ImageWorld.sets.map(\.name))
  static let departures = Departures.images + Departures.networkRates

  typealias Results = BesidePaper<Grid<RateTrial, TrialAccuracy>>

  static func seedCount(within budget: Budget) -> Int {
    // Ten at standard, which the rates come from, take twenty minutes on two cores.
    budget.pick(smoke: 1, standard: 1, overnight: 10)
  }

  /// Seeds from 100 on, which no other figure has.
  func study(_ options: FigureOptions) throws -> Study<Results> {
    var options = options
    options.seeds = options.seeds.map { $0 + 100 }
    let experiments = try ImageExperiments(
      on: ImageWorld.networkSets(within: options.budget), options)
    return try grid(
      RateTrial.all(in: experiments.world, on: experiments.sets),
      seeds: { trial in options.seeds.filter { $0 < 100 + trial.seedCount } }
    ) { .available(try experiments.trial($0, seed: $1)) }
    .using(experiments.dataToTune).besidePaper(Self.identity, on: experiments.found, options)
  }

  func draw(_ results: Results) -> Table {
    let places = results.found.places.chunked {
      $0.variant == $1.variant && $0.family == $1.family
    }
    let columns = ["0.1", "0.3 or 0.5", "1 or 2"].map {
      Table.Column("α = \($0)", digits: 1, best: .none)
    }
    return Table(
      Self.identity.title, columns: columns + [Table.Column("chosen", digits: 1)],
      caption:
        "Per cent, 5 ways, validation classes, after one epoch; means over at most three seeds, "
        + "ten of KFO's, with 95 % intervals (Student's t). The second of two rates is that where the "
        + "head alone adapts. A rate at which a seed diverged is not given. Chosen: the least that is at "
        + "most two points below the best."
    ) {
      for trials in places {
        Table.Row(
          Self.title(of: trials[trials.startIndex], in: results),
          trials.map { trial in
            Self.accuracies(of: results.found[trial])?.cell(times: 100, paper: nil) ?? .missing
          } + [Self.chosen(trials, in: results).map { .text("\($0)") } ?? .missing])
      }
    }
  }

  func quantities(in results: Results) -> [Quantity] {
    for (trial, found) in results.found.found {
      if let accuracies = Self.accuracies(of: found) {
        Quantity(
          "accuracy", at: Self.columns(of: trial, in: results), accuracies.map { 100 * $0 },
          metric: "accuracy-\(Self.key(of: trial))-\(trial.rate)", within: .absolute(10))
      }
    }
  }

  /// Accuracies by seed; nothing where one diverged.
  private static func accuracies(of found: PerSeed<TrialAccuracy>?) -> PerSeed<Double>? {
    guard let found else { return nil }
    let finished = found.values.compactMap(\.accuracy)
    return finished.count == found.count ? PerSeed(seeds: found.seeds, values: finished) : nil
  }

  private static func title(of trial: RateTrial, in results: Results) -> String {
    let place = trial.variant
    return "\(results.heading(place.set)), \(Self.name(of: trial)), \(place.depth) layers"
  }

  private static func chosen(_ trials: ArraySlice<RateTrial>, in results: Results) -> Double? {
    RateTrial.chosen(
      of: trials.compactMap { trial in results.found[trial].map { (trial.rate, $0) } })
  }

  /// What is trained: `MAML with LinNet`, `ANIL with KFO`.
  private static func name(of trial: RateTrial) -> String {
    let title = trial.variant.method.title(trial.family)
    return trial.family == .anil && !title.hasPrefix("ANIL") ? "ANIL with \(title)" : title
  }

  private static func key(of trial: RateTrial) -> String {
    let place = trial.variant
    return "\(trial.family.rawValue)-\(place.set.name)-\(place.method.rawValue)-\(place.depth)"
  }

  private static func columns(
    of trial: RateTrial, in results: Results
  ) -> KeyValuePairs<String, String> {
    let place = trial.variant
    return [
      "data": results.title(place.set), "method": Self.name(of: trial),
      "layers": "\(place.depth)", "rate": "\(trial.rate)",
    ]
  }
}
