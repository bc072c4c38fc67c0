import Claims
import CommonSetup
import DataSets
import Experiments
import Foundation
import Huisman2022Setup
import Plotting
import Reproduction
import Statistics

/// Figure 3.4: what the meta-learners of Table 3.1 reach, and what their training takes.
@main
struct Fig34RunningTime: ComputedFigure {
  static let identity = FigureIdentity(
    "fig3-4-running-time", of: "Huisman2022",
    title: "Running time and accuracy of the meta-learners",
    summary:
      "Accuracy on unseen classes, of the runs of Table 3.1, against the time of the meta-training.",
    dataSets: [ImageSet.miniImageNet.name])
  static let departures =
    ImageProtocol.departures + [
      "Times are those of the meta-training alone, measured as `--times` does: single updates of the "
        + "`paper` budget's size, on one core of a processor, by turns, times their number. The "
        + "paper has hours of whole runs on a graphics card. Where no times are kept the figure "
        + "shows arithmetic."
    ]

  /// What was found, and what a training takes.
  struct Results: Codable, Sendable {
    var accuracies: BesidePaper<Grid<ImagePlace, ImageOutcome>>
    /// The multiplications and additions of a training at the budget.
    var arithmetic: Grid<ImagePlace, Double>
    /// The kept times; none at the smoke budget, whose numbers must not depend on them.
    var times: TrainingTimes?
  }

  private static func places(_ budget: Budget) -> [ImagePlace] {
    ImageMethod.metaLearners.filter(ImageProtocol.of(budget).methods.contains).flatMap { method in
      ImageProtocol.shots.map { ImagePlace(method, .miniImageNet, shots: $0) }
    }
  }

  func study(_ options: FigureOptions) throws -> Study<Results> {
    let experiments = try ImageExperiments(on: [.miniImageNet], options)
    let times = options.budget == .smoke ? nil : try Self.keptTimes()
    let places = Self.places(options.budget)
    return try grid(places, seeds: options.seeds) { try experiments.study($0, seed: $1) }
      .using(experiments.data).besidePaper(Self.identity, on: experiments.found, options)
      .map { accuracies in
        let arithmetic = try places.map { place in
          let work = try experiments.work(place, seed: options.seeds[0])
          return Grid<ImagePlace, Double>.Cell(
            place: place, values: PerSeed(seeds: [0], values: [work.floatingPointOperations]))
        }
        return Results(accuracies: accuracies, arithmetic: Grid(arithmetic), times: times)
      }
  }

  private static func keptTimes() throws -> TrainingTimes? {
    let file = ResultsFolder(in: try .located()).times(of: identity.name)
    return try file.isThere() ? TrainingTimes.read(file) : nil
  }

  func draw(_ results: Results) -> Picture {
    let level = results.accuracies.found.found[0].values.map(\.accuracy).medianInterval().level
    return Picture(
      width: 6.75, sharing: .both, legend: .shared,
      caption: "Medians over seeds with the order "
        + "statistics that hold them with \(Int((level * 100).rounded())) %. "
        + results.measureOfCost
    ) {
      for shots in ImageProtocol.shots {
        Plot(
          "\(shots)-shot",
          x: Axis(
            results.times == nil ? "arithmetic, GFLOP" : "training time, h", spacing: .logarithmic),
          y: Axis("accuracy", style: .percent)
        ) {
          for (place, cost) in results.costs where place.shots == shots {
            if let found = results.accuracies.found[place]?.map(\.accuracy).medianInterval() {
              if found.isBounded { ErrorBars([cost], [found.shown]) }
              Points([cost], [found.estimate], label: place.method.rawValue, size: 6)
            }
          }
        }
      }
    }
  }

  static func timedName(_ method: ImageMethod, _ shots: Int) -> String {
    "\(method.rawValue), \(shots)-shot"
  }

  /// The claims' trainings, at the budget's size, with the first seed.
  func timedTrainings(for options: FigureOptions) throws -> [TimedTraining] {
    let experiments = try ImageExperiments(on: [.miniImageNet], options)
    return try [ImageMethod.foMAML, .maml, .foTURTLE, .turtle].flatMap { method in
      try ImageProtocol.shots.map { shots in
        let work = try experiments.work(
          ImagePlace(method, .miniImageNet, shots: shots), seed: options.seeds[0])
        return TimedTraining(
          Self.timedName(method, shots), updates: work.updates,
          floatingPointOperations: work.floatingPointOperations,
          repeatedUpdate: work.repeatedUpdate)
      }
    }
  }

  func quantities(in results: Results) -> [Quantity] {
    for (place, found) in results.accuracies.found.found {
      Quantity(
        "accuracy", at: ["method": place.method.rawValue, "shots": "\(place.shots)"],
        found.map(\.accuracy), metric: "accuracy-\(place.key)", within: .absolute(0.05))
    }
    for (place, operations) in results.arithmetic.found {
      Quantity(
        "arithmetic", at: ["method": place.method.rawValue, "shots": "\(place.shots)"], operations,
        metric: "arithmetic-\(place.key)", within: .relative(1e-9))
    }
  }
}

extension Fig34RunningTime.Results {
  /// What the training of a place takes: hours where times are kept, else GFLOP.
  fileprivate var costs: [(place: ImagePlace, cost: Double)] {
    arithmetic.found.compactMap { place, operations in
      guard let times else { return (place, operations.mean / 1e9) }
      let name = Fig34RunningTime.timedName(place.method, place.shots)
      return times.rows.first { $0.name == name }.map { (place, $0.seconds / 3600) }
    }
  }

  fileprivate var measureOfCost: String {
    guard let times else {
      return "No times are kept: multiplications and additions of a training at this budget."
    }
    return "Time of a whole meta-training of the \(times.extent) budget's size on one core of "
      + "\(times.processor), from \(times.rows.first?.turns.count ?? 0) turns of updates."
  }
}
