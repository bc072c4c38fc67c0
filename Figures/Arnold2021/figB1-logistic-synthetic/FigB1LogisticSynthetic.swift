import Arnold2021Setup
import CommonSetup
import Experiments
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
struct FigB1LogisticSynthetic: SyntheticFigure {
  static let identity = FigureIdentity(
    "figB1-logistic-synthetic", of: "Arnold2021",
    title: "Meta-learning of linear models on synthetic data",
    summary: "Training and test accuracy of logistic regression by depth, and by start, rate and "
      + "support.")
  static let departures = Departures.synthetic + Departures.classification

  private static let depths = SyntheticProblem.Depth.allCases
  private static let deviations = [0.1, 1, 3, 10, 30]
  /// Support points and α, the paper's first; away from it only the start is of interest.
  static let settings: [(shots: Int, rate: Double)] = [(100, 0.9), (10, 0.9), (100, 0.1)]

  /// The rates at which LR may adapt as well as at the paper's, from which training episodes choose.
  static let rates = [0.09, 0.3, 3, 9]

  static func starts(_ setting: (shots: Int, rate: Double)) -> [SyntheticModel] {
    deviations.map { .start(deviation: $0, shots: setting.shots, rate: setting.rate) }
  }

  func study(_ options: FigureOptions) throws -> Study<Grid<SyntheticModel, SyntheticOutcome>> {
    let trained =
      Self.depths.map { .classification($0) } + Self.rates.map { .rate($0) }
      + Self.starts(Self.settings[0])
    return try grid(trained + Self.settings.dropFirst().flatMap(Self.starts), seeds: options.seeds)
    {
      try $0.study(
        of: $0.deviation == nil ? [.training, .test] : [.test], seed: $1, budget: options.budget,
        isTrained: trained.contains($0))
    }
  }

  func draw(_ results: Grid<SyntheticModel, SyntheticOutcome>) -> Picture {
    let accuracy = Axis("accuracy", range: 0.4...1.01)
    func curves(
      _ models: [(title: String, model: SyntheticModel)], on kind: SyntheticOutcome.Kind
    ) -> [any Mark] {
      models.enumerated().flatMap { index, row -> [any Mark] in
        results[row.model].map {
          SeedCurve(
            $0.curves(kind, \.accuracy), over: $0.iterations, row.title, within: 0...1
          ).marks(.series(index), markers: false)
        } ?? []
      }
    }
    let depths = Self.depths.map { ($0.title, SyntheticModel.classification($0)) }
    let starts = zip(Self.deviations, Self.starts(Self.settings[0])).map {
      ("σ = \(Self.text($0))", $1)
    }
    return Picture(
      width: 6.75, columns: 2,
      caption: "After one inner step. " + SeedCurve.caption(seeds: results.found[0].values.count)
        + " LR begins as Glorot's initialisation in (a, b)."
    ) {
      Plot("Training episodes", x: Axis("meta-iterations"), y: accuracy) {
        ReferenceLine.horizontal(at: 0.5, label: "chance")
        curves(depths, on: .training)
      }
      Plot("Unseen episodes", x: Axis("meta-iterations"), y: accuracy) {
        ReferenceLine.horizontal(at: 0.5, label: "chance")
        curves(depths, on: .test)
      }
      Plot("LR from starts of deviation σ", x: Axis("meta-iterations"), y: accuracy) {
        ReferenceLine.horizontal(at: 0.5)
        curves(starts, on: .test)
      }
      Plot(
        "LR before meta-training",
        x: Axis("standard deviation of the start, σ", spacing: .logarithmic), y: accuracy
      ) {
        ReferenceLine.horizontal(at: 0.5)
        for (index, setting) in Self.settings.enumerated() {
          let intervals = Self.starts(setting).compactMap {
            results[$0]?.curves(.test, \.accuracy).map { $0[0] }.interval()
          }
          ErrorBars(Self.deviations, intervals, within: 0...1)
            .colored(.series(index))
          Line(
            Self.deviations, intervals.map(\.estimate),
            label: "\(setting.shots) points, α = \(setting.rate)"
          ).colored(.series(index))
        }
      }
    }
  }

  static func text(_ deviation: Double) -> String {
    deviation == deviation.rounded() ? String(Int(deviation)) : String(deviation)
  }

  func quantities(in results: Grid<SyntheticModel, SyntheticOutcome>) -> [Quantity] {
    for depth in Self.depths {
      if let found = results[.classification(depth)] {
        Quantity(
          "training-accuracy", at: ["model": depth.title], found.curves(.training, \.accuracy),
          over: "iteration", found.iterations)
        Quantity(
          "accuracy", at: ["model": depth.title], found.curves(.test, \.accuracy),
          over: "iteration", found.iterations, holding: [.last("\(depth.key)-accuracy")])
      }
    }
    for setting in Self.settings {
      for (deviation, model) in zip(Self.deviations, Self.starts(setting)) {
        if let found = results[model] {
          Quantity(
            "accuracy",
            at: [
              "model": "LR", "start": Self.text(deviation), "shots": "\(setting.shots)",
              "rate": "\(setting.rate)",
            ], found.curves(.test, \.accuracy), over: "iteration", found.iterations,
            holding: deviation == 30 && setting == Self.settings[0]
              ? [.last("lr-accuracy-from-30")] : [])
        }
      }
    }
  }
}
