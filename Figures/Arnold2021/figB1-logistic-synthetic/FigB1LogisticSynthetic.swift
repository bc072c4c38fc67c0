import Arnold2021Setup
import Claims
import Experiments
import Episodes
import Networks
import Plotting
import Reproduction
import Statistics

/// Figure B.1: logistic regression on separable points in the plane, with and without linear layers.
///
/// (a, b) accuracy on training and on unseen episodes after one inner step. (c, d) where the paper's
/// curve at chance can come from: near the origin one step already goes along E[(y − ½) x], which is
/// the direction of θ, so that LR needs no meta-training at all; but from a large start the step is
/// too small to turn the classifier, and a meta-rate of 0.01 takes long to bring the start home.
@main
struct FigB1LogisticSynthetic: Arnold2021Figure {
  static let name = "figB1-logistic-synthetic"
  static let title = "Meta-learning of linear models on synthetic data"
  static let summary =
    "Training and test accuracy of logistic regression by depth, and by start, rate and support."
  static let claims: [ClaimStatement] = [.shallowAtChance, .deepNearPerfect]
  static var departures: [String] { classificationDepartures }

  struct Results: Codable, Sendable {
    var training: [MeasureCurve]
    var test: [MeasureCurve]
    /// Test accuracy of LR from starts of several sizes.
    var starts: [MeasureCurve]
    /// Test accuracy of LR before meta-training, by start, for several settings.
    var untrained: [Untrained]
  }

  /// The accuracy one step from the start, with nothing learned.
  struct Untrained: Codable, Sendable {
    var name: String
    var deviations: [Double]
    var accuracies: [PerSeed<Double>]
  }

  private let depths = SyntheticProblem.Depth.allCases
  private let deviations = [0.1, 1, 3, 10, 30]
  private let settings: [(shots: Int, rate: Double)] = [(100, 0.9), (10, 0.9), (100, 0.1)]

  private func training(
    _ deviation: Double, _ setting: (shots: Int, rate: Double), seed: UInt64, _ budget: Budget
  ) -> SyntheticTraining<LinearSeparations> {
    var run = SyntheticProblem.classification(
      .shallow, seed: seed, budget: budget, shots: setting.shots, rate: setting.rate,
      start: .normal(deviation: deviation))
    // Away from the first setting only the start is of interest.
    if setting != settings[0] { run.schedule = run.schedule.untrained }
    return run
  }

  func runs(for options: FigureOptions) throws -> [PlannedRun] {
    try options.seeds.flatMap { seed in
      try depths.map {
        try PlannedRun(SyntheticProblem.classification($0, seed: seed, budget: options.budget))
      }
        + settings.flatMap { setting in
          try deviations.map {
            try PlannedRun(training($0, setting, seed: seed, options.budget))
          }
        }
    }
  }

  func measure(with context: FigureContext) async throws -> Results {
    let budget = context.options.budget
    let outcomes = try await context.outcomes(of: depths) {
      SyntheticProblem.classification($0, seed: $1, budget: budget)
    }
    var starts: [MeasureCurve] = []
    var untrained: [Untrained] = []
    for setting in settings {
      let found = try await context.outcomes(of: deviations) {
        training($0, setting, seed: $1, budget)
      }
      let curves = zip(deviations, found).map {
        MeasureCurve("σ = \(Self.text($0))", $1, \.test, \.accuracy)
      }
      if starts.isEmpty { starts = curves }
      untrained.append(
        Untrained(
          name: "\(setting.shots) points, α = \(setting.rate)", deviations: deviations,
          accuracies: curves.map(\.first)))
    }
    return Results(
      training: zip(depths, outcomes).map {
        MeasureCurve($0.title, $1, \.training, \.accuracy)
      },
      test: zip(depths, outcomes).map { MeasureCurve($0.title, $1, \.test, \.accuracy) },
      starts: starts, untrained: untrained)
  }

  private static func text(_ deviation: Double) -> String {
    deviation == deviation.rounded() ? String(Int(deviation)) : String(deviation)
  }

  func draw(_ results: Results) -> Picture {
    let accuracy = Axis("accuracy", range: 0.4...1.01)
    return Picture(
      width: 6.75, columns: 2,
      caption: "After one inner step; lines are means over seeds, bands and bars 95 % intervals "
        + "(Student t). LR begins as Glorot's initialisation in (a, b)."
    ) {
      Plot("Training episodes", x: Axis("meta-iterations"), y: accuracy) {
        ReferenceLine.horizontal(at: 0.5, label: "chance")
        for (index, curve) in results.training.enumerated() {
          curve.marks(series: index, in: 0...1)
        }
      }
      Plot("Unseen episodes", x: Axis("meta-iterations"), y: accuracy) {
        ReferenceLine.horizontal(at: 0.5, label: "chance")
        for (index, curve) in results.test.enumerated() { curve.marks(series: index, in: 0...1) }
      }
      Plot("LR from starts of deviation σ", x: Axis("meta-iterations"), y: accuracy) {
        ReferenceLine.horizontal(at: 0.5)
        for (index, curve) in results.starts.enumerated() { curve.marks(series: index, in: 0...1) }
      }
      Plot(
        "LR before meta-training",
        x: Axis("standard deviation of the start, σ", spacing: .logarithmic), y: accuracy
      ) {
        ReferenceLine.horizontal(at: 0.5)
        for (index, curve) in results.untrained.enumerated() {
          let intervals = curve.accuracies.map { $0.interval() }
          ErrorBars(
            curve.deviations,
            intervals.map { max($0.lower, 0)...min($0.upper, 1) }
          ).colored(.series(index))
          Line(curve.deviations, intervals.map(\.estimate), label: curve.name)
            .colored(.series(index))
        }
      }
    }
  }

  func evidence(in results: Results) -> [String: [String: Evidence]] {
    let test = results.test.map(\.last)
    return [
      ClaimStatement.shallowAtChance.id: [
        "test": .seeds(test[0].map { $0 - 0.5 }),
        "training": .seeds(results.training[0].last.map { $0 - 0.5 }),
      ],
      ClaimStatement.deepNearPerfect.id: [
        "2 layers": .seeds(test[1]), "3 layers": .seeds(test[2]),
      ],
    ]
  }

  func metrics(in results: Results) -> [Metric] {
    zip(["lr-accuracy", "lr-2-accuracy", "lr-3-accuracy"], results.test).map {
      Metric($0, $1.last)
    } + [Metric("lr-accuracy-from-30", results.starts[results.starts.count - 1].last)]
  }

  func table(of results: Results) -> TidyTable {
    var table = MeasureCurve.emptyTable
    for curve in results.training { curve.append(to: &table, in: "training") }
    for curve in results.test { curve.append(to: &table, in: "test") }
    for curve in results.starts { curve.append(to: &table, in: "starts") }
    for setting in results.untrained {
      for (deviation, values) in zip(setting.deviations, setting.accuracies) {
        for (seed, value) in zip(values.seeds, values.values) {
          table.append([
            "untrained", .text("\(setting.name), σ = \(Self.text(deviation))"), 0,
            .text(String(seed)), .number(value),
          ])
        }
      }
    }
    return table
  }
}
