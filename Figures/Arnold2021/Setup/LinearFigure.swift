import Claims
import CommonSetup
import Experiments
import Plotting
import Reproduction
import Statistics
import Training

/// What softmax regression does on images, with and without linear layers before it.
public struct LinearResults: Codable, Sendable {
  /// One data set.
  public struct Panel: Codable, Sendable {
    /// The data set.
    public var set: ImageSet
    /// What was used for it.
    public var data: String
    /// The numbers of updates after which it was judged.
    public var iterations: [Int]
    /// The accuracy of softmax regression, one curve per seed.
    public var shallow: PerSeed<[Double]>
    /// The accuracy with linear layers before it.
    public var deep: PerSeed<[Double]>
    /// The accuracy of training on ample data of the unseen classes.
    public var ample: PerSeed<Double>
    /// The mean losses of the first epoch while training, without and with linear layers; results
    /// kept earlier do not have them.
    public var firstLosses: [PerSeed<Double>]?
  }

  /// The data sets.
  public var panels: [Panel]
}

/// Figures 3 and B.2: softmax regression on images.
public protocol LinearFigure: Arnold2021Figure where Results == LinearResults {
  /// The data sets.
  static var sets: [ImageSet] { get }
}

extension LinearFigure {
  /// Embedded stand-ins, real characters beside them, or all real.
  public static var dataSets: [String] { ImageSet.choices }
  /// Those of linear models on images.
  public static var departures: [String] { Departures.images + Departures.linear }
  /// Two that may succeed or fail on their own.
  public static var claims: [ClaimStatement] {
    [.linearFails(name, on: sets), .linNetRescues(name, on: sets)]
  }

  /// The digests of the images.
  public func dataDigests(for options: FigureOptions) throws -> [String: String] {
    try ImageExperiments(on: Self.sets, isLinear: true, options).digests
  }

  /// Every training and its evaluation, and the trainings on ample data.
  public func runs(for options: FigureOptions) throws -> [PlannedRun] {
    let experiments = try ImageExperiments(on: Self.sets, isLinear: true, options)
    return try Self.sets.flatMap { set in
      try options.seeds.flatMap { seed in
        try [false, true].flatMap {
          try experiments.linear(isDeep: $0, on: set, seed: seed).planned
        } + [try PlannedRun(experiments.ampleData(on: set, seed: seed))]
      }
    }
  }

  /// The curves, every run on a core of its own.
  public func measure(with context: FigureContext) async throws -> LinearResults {
    let options = context.options
    let experiments = try ImageExperiments(on: Self.sets, isLinear: true, options)
    let variants = Self.sets.flatMap { set in [false, true].map { (set: set, isDeep: $0) } }
    let curves = try await context.outcomes(of: variants) {
      try experiments.linear(isDeep: $0.isDeep, on: $0.set, seed: $1)
    }
    let ample = try await context.outcomes(of: Self.sets) {
      try experiments.ampleData(on: $0, seed: $1)
    }
    let total = experiments.world.linearIterations
    return LinearResults(
      panels: Self.sets.enumerated().map { index, set in
        let own = curves[2 * index..<2 * index + 2]
        let accuracies = own.map { $0.map { $0.points.map(\.accuracy) } }
        let epochs = curves[2 * index].values[0].points.map(\.epoch)
        return LinearResults.Panel(
          set: set, data: set.description(options),
          iterations: epochs.map { $0 * total / max(epochs.count - 1, 1) },
          shallow: accuracies[0], deep: accuracies[1], ample: ample[index],
          firstLosses: own.map { $0.map(\.firstLoss) })
      })
  }

  /// The curves, a plot for each data set.
  public func draw(_ results: LinearResults) -> Picture {
    Picture(
      width: 6.75, columns: results.panels.count, legend: .shared,
      caption:
        "Accuracy on episodes of unseen classes, 5 ways, 5 shots, after 5 inner steps; means "
        + "over seeds, bands 95 % intervals (Student t)."
    ) {
      for panel in results.panels {
        Plot(panel.set.title, x: Axis("meta-iterations"), y: Axis("accuracy", range: 0...1)) {
          ReferenceLine.horizontal(at: 0.2, label: "chance").colored(.color(.quiet))
          ReferenceLine.horizontal(at: panel.ample.mean, label: "ample data")
            .colored(.color(Color(0x56B4E9)))
          MeasureCurve("LR", at: panel.iterations, panel.shallow).marks(series: 0, in: 0...1)
          MeasureCurve("LR + LinNet", at: panel.iterations, panel.deep)
            .marks(series: 1, in: 0...1)
        }
      }
    }
  }

  /// Last accuracies against chance and against each other.
  public func evidence(in results: LinearResults) -> [String: [String: Evidence]] {
    var (fails, rescues): ([String: Evidence], [String: Evidence]) = ([:], [:])
    for panel in results.panels {
      let shallow = panel.shallow.map { $0[$0.count - 1] }
      let deep = panel.deep.map { $0[$0.count - 1] }
      fails[panel.set.title] = .seeds(shallow.map { $0 - 0.2 })
      rescues[panel.set.title] = .seeds(deep - shallow)
    }
    return [Self.claims[0].id: fails, Self.claims[1].id: rescues]
  }

  /// Last accuracies, and the losses that trainings began with.
  public func metrics(in results: LinearResults) -> [Metric] {
    results.panels.flatMap { panel in
      let names = ["lr", "lr-linnet"].map { "\($0)-\(panel.set.rawValue)" }
      let losses = zip(names, panel.firstLosses ?? []).map { Metric(firstLoss: $0, $1) }
      return losses + [
        Metric("lr-\(panel.set.rawValue)", panel.shallow.map { $0[$0.count - 1] }),
        Metric("lr-linnet-\(panel.set.rawValue)", panel.deep.map { $0[$0.count - 1] }),
        Metric("ample-data-\(panel.set.rawValue)", panel.ample),
      ]
    }
  }

  /// A row for every seed and number of updates.
  public func table(of results: LinearResults) -> TidyTable {
    var table = MeasureCurve.emptyTable
    for panel in results.panels {
      MeasureCurve("LR", at: panel.iterations, panel.shallow)
        .append(to: &table, in: panel.set.title)
      MeasureCurve("LR + LinNet", at: panel.iterations, panel.deep)
        .append(to: &table, in: panel.set.title)
      let ample = MeasureCurve(
        "ample data", at: [0], panel.ample.map { [$0] })
      ample.append(to: &table, in: panel.set.title)
    }
    return table
  }
}
