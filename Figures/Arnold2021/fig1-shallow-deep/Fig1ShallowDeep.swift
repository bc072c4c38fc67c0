import Arnold2021Setup
import Claims
import Experiments
import Plotting
import Reproduction
import Statistics

/// Figure 1: MAML on models that are right but shallow, and on the same models made deeper.
///
/// (a) one-dimensional regression with ŷ = cx and ŷ = abx: the query loss of unseen episodes after
/// one step; (b) binary classification by logistic regression with 0, 2 or 3 linear layers added.
/// One step with α = 0.1 takes the best shallow start from a loss of 2 to 1 + 0.81, so that "no
/// adaptation" is not quite what happens; whether logistic regression stays at chance depends on
/// the start, which the paper does not state (see Figure B.1).
@main
struct Fig1ShallowDeep: Arnold2021Figure {
  static let name = "fig1-shallow-deep"
  static let title = "Shallow models fail to meta-learn, deep ones do"
  static let summary =
    "Loss and accuracy after one inner step, of linear models with and without added linear layers."
  static let claims: [ClaimStatement] = [.shallowFails, .deepLearns]
  static var departures: [String] {
    regressionDepartures + classificationDepartures.filter { !regressionDepartures.contains($0) }
  }

  struct Results: Codable, Sendable {
    /// Query losses after the inner step: SHALLOW, DEEP.
    var losses: [MeasureCurve]
    /// The loss of SHALLOW before the inner step.
    var unadapted: MeasureCurve
    /// Query accuracies after the inner step by depth.
    var accuracies: [MeasureCurve]
  }

  private let depths = SyntheticProblem.Depth.allCases

  func runs(for options: FigureOptions) throws -> [PlannedRun] {
    try options.seeds.flatMap { seed in
      try [false, true].map {
        try PlannedRun(
          SyntheticProblem.regression(isDeep: $0, seed: seed, budget: options.budget))
      }
        + depths.map {
          try PlannedRun(
            SyntheticProblem.classification($0, seed: seed, budget: options.budget))
        }
    }
  }

  func measure(with context: FigureContext) async throws -> Results {
    let budget = context.options.budget
    let regressions = try await context.outcomes(of: [false, true]) {
      SyntheticProblem.regression(isDeep: $0, seed: $1, budget: budget)
    }
    let classifications = try await context.outcomes(of: depths) {
      SyntheticProblem.classification($0, seed: $1, budget: budget)
    }
    return Results(
      losses: zip(["SHALLOW, ŷ = cx", "DEEP, ŷ = abx"], regressions).map {
        MeasureCurve($0, $1, \.test, \.loss)
      },
      unadapted: MeasureCurve("no adaptation", regressions[0], \.test, \.lossBefore),
      accuracies: zip(depths, classifications).map {
        MeasureCurve($0.title, $1, \.test, \.accuracy)
      })
  }

  func draw(_ results: Results) -> Picture {
    Picture(
      width: 6.75, columns: 2,
      caption: "Unseen episodes after one inner step; lines are means over seeds, bands 95 % "
        + "intervals (Student t)."
    ) {
      Plot(
        "Linear regression", x: Axis("meta-iterations"),
        y: Axis("mean squared error", range: 0.9...3)
      ) {
        ReferenceLine.horizontal(at: 2, label: "no adaptation")
        ReferenceLine.horizontal(at: 1, label: "noise").colored(.color(.faint))
        for (index, curve) in results.losses.enumerated() {
          curve.marks(series: index, in: 0...10)
        }
      }
      Plot(
        "Binary classification", x: Axis("meta-iterations"),
        y: Axis("accuracy", range: 0.4...1.01)
      ) {
        ReferenceLine.horizontal(at: 0.5, label: "chance")
        for (index, curve) in results.accuracies.enumerated() {
          curve.marks(series: index, in: 0...1)
        }
      }
    }
  }

  func evidence(in results: Results) -> [String: [String: Evidence]] {
    let unadapted = results.unadapted.last
    let (shallow, deep) = (results.losses[0].last, results.losses[1].last)
    let improvement = deep.paired(with: unadapted).map { deep, none in (none - deep) / (none - 1) }
    let accuracies = results.accuracies.map(\.last)
    return [
      ClaimStatement.shallowFails.id: [
        "regression": .seeds(shallow.paired(with: unadapted).map { $0 / $1 - 1 }),
        "classification": .seeds(accuracies[0].map { $0 - 0.5 }),
      ],
      ClaimStatement.deepLearns.id: [
        "regression": .seeds(improvement),
        "classification, 2 layers": .seeds(accuracies[1].map { ($0 - 0.5) / 0.5 }),
        "classification, 3 layers": .seeds(accuracies[2].map { ($0 - 0.5) / 0.5 }),
      ],
    ]
  }

  func metrics(in results: Results) -> [Metric] {
    zip(["shallow-loss", "deep-loss"], results.losses).map { Metric($0, $1.last) }
      + zip(["lr-accuracy", "lr-2-accuracy", "lr-3-accuracy"], results.accuracies).map {
        Metric($0, $1.last)
      }
  }

  func table(of results: Results) -> TidyTable {
    var table = MeasureCurve.emptyTable
    for curve in results.losses + [results.unadapted] { curve.append(to: &table, in: "regression") }
    for curve in results.accuracies { curve.append(to: &table, in: "classification") }
    return table
  }
}
