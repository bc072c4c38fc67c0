import Arnold2021Setup
import Claims
import Experiments
import Plotting
import Reproduction
import Statistics

/// Figure B.3: the linear layers of a meta-trained model, multiplied into one before adaptation.
///
/// The collapsed model says the same before the inner step, but its step is that of logistic
/// regression. The runs are those of Figures 1 and B.1.
@main
struct FigB3Collapse: Arnold2021Figure {
  static let name = "figB3-collapse"
  static let title = "Collapsing linear layers before adaptation"
  static let summary =
    "Test accuracy of deep linear models, as trained and collapsed into one layer before the step."
  static let claims: [ClaimStatement] = [.collapseDestroysAdaptation]
  static var departures: [String] { classificationDepartures }

  struct Results: Codable, Sendable {
    /// One for each depth.
    var panels: [Panel]
  }

  struct Panel: Codable, Sendable {
    var title: String
    var shallow: MeasureCurve
    var deep: MeasureCurve
    var collapsed: MeasureCurve
  }

  private let depths = SyntheticProblem.Depth.allCases

  func runs(for options: FigureOptions) throws -> [PlannedRun] {
    try options.seeds.flatMap { seed in
      try depths.map {
        try PlannedRun(SyntheticProblem.classification($0, seed: seed, budget: options.budget))
      }
    }
  }

  func measure(with context: FigureContext) async throws -> Results {
    let budget = context.options.budget
    let outcomes = try await context.outcomes(of: depths) {
      SyntheticProblem.classification($0, seed: $1, budget: budget)
    }
    return Results(
      panels: zip(depths, outcomes).dropFirst().map { depth, found in
        Panel(
          title: depth.title, shallow: MeasureCurve("LR", outcomes[0], \.test, \.accuracy),
          deep: MeasureCurve("as trained", found, \.test, \.accuracy),
          collapsed: MeasureCurve("collapsed before adapting", found, \.collapsed, \.accuracy))
      })
  }

  func draw(_ results: Results) -> Picture {
    Picture(
      width: 6.75, columns: 2,
      caption: "Unseen episodes after one inner step; lines are means over seeds, bands 95 % "
        + "intervals (Student t)."
    ) {
      for panel in results.panels {
        Plot(panel.title, x: Axis("meta-iterations"), y: Axis("accuracy", range: 0.4...1.01)) {
          ReferenceLine.horizontal(at: 0.5, label: "chance")
          panel.shallow.marks(series: 0, in: 0...1)
          panel.deep.marks(series: 1, in: 0...1)
          panel.collapsed.marks(series: 2, in: 0...1)
        }
      }
    }
  }

  func evidence(in results: Results) -> [String: [String: Evidence]] {
    var evidence: [String: Evidence] = [:]
    for (layers, panel) in zip(["2 layers", "3 layers"], results.panels) {
      let collapsed = panel.collapsed.last
      evidence[layers + ", loss of accuracy"] = .seeds(
        collapsed - panel.deep.last)
      evidence[layers + ", near chance"] = .seeds(collapsed.map { $0 - 0.5 })
    }
    return [ClaimStatement.collapseDestroysAdaptation.id: evidence]
  }

  func metrics(in results: Results) -> [Metric] {
    zip(["2-layers", "3-layers"], results.panels).flatMap { layers, panel in
      [
        Metric("accuracy-\(layers)", panel.deep.last),
        Metric("accuracy-\(layers)-collapsed", panel.collapsed.last),
      ]
    }
  }

  func table(of results: Results) -> TidyTable {
    var table = MeasureCurve.emptyTable
    for panel in results.panels {
      panel.deep.append(to: &table, in: panel.title)
      panel.collapsed.append(to: &table, in: panel.title)
    }
    return table
  }
}
