import Arnold2021Setup
import Claims
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
  private static let settings: [(shots: Int, rate: Double)] = [(100, 0.9), (10, 0.9), (100, 0.1)]

  /// The rates at which LR may adapt as well as at the paper's, from which training episodes choose.
  private static let rates = [0.09, 0.3, 3, 9]

  private static func starts(_ setting: (shots: Int, rate: Double)) -> [SyntheticModel] {
    deviations.map { .start(deviation: $0, shots: setting.shots, rate: setting.rate) }
  }

  func study(_ options: FigureOptions) throws -> Study<Grid<SyntheticModel, SyntheticOutcome>> {
    let trained =
      Self.depths.map { .classification($0) } + Self.rates.map { .rate($0) }
      + Self.starts(Self.settings[0])
    return try grid(trained + Self.settings.dropFirst().flatMap(Self.starts), seeds: options.seeds)
    {
      try $0.study(seed: $1, budget: options.budget, isTrained: trained.contains($0))
    }
  }

  func draw(_ results: Grid<SyntheticModel, SyntheticOutcome>) -> Picture {
    let accuracy = Axis("accuracy", range: 0.4...1.01)
    func curves(
      _ models: [(title: String, model: SyntheticModel)],
      _ episodes: (SyntheticOutcome) -> [SyntheticOutcome.Point]
    ) -> [any Mark] {
      models.enumerated().flatMap { index, row -> [any Mark] in
        results[row.model].map {
          SeedCurve(
            $0.curves(episodes, \.accuracy), over: $0.iterations, row.title, within: 0...1
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
        curves(depths, \.training)
      }
      Plot("Unseen episodes", x: Axis("meta-iterations"), y: accuracy) {
        ReferenceLine.horizontal(at: 0.5, label: "chance")
        curves(depths, \.test)
      }
      Plot("LR from starts of deviation σ", x: Axis("meta-iterations"), y: accuracy) {
        ReferenceLine.horizontal(at: 0.5)
        curves(starts, \.test)
      }
      Plot(
        "LR before meta-training",
        x: Axis("standard deviation of the start, σ", spacing: .logarithmic), y: accuracy
      ) {
        ReferenceLine.horizontal(at: 0.5)
        for (index, setting) in Self.settings.enumerated() {
          let intervals = Self.starts(setting).compactMap {
            results[$0]?.curves(\.test, \.accuracy).map { $0[0] }.interval()
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

  private static func text(_ deviation: Double) -> String {
    deviation == deviation.rounded() ? String(Int(deviation)) : String(deviation)
  }

  static func claims(_ scope: ClaimScope) -> [Claim<Grid<SyntheticModel, SyntheticOutcome>>] {
    [
      Claim(
        "arnold2021/figB1-logistic-synthetic/shallow-at-chance",
        quoting: "Equally surprising as the previous results, the model fails to perform better "
          + "than chance.", at: "Section B.1.1, Figure B.1"
      ) {
        Criterion("test", statistic: "test accuracy of LR − ½", .equivalent(margin: 0.05)) {
          results in
          results[.classification(.shallow)]?.last(\.test, \.accuracy).map { $0 - 0.5 }
        }
        Criterion("training", statistic: "training accuracy of LR − ½", .equivalent(margin: 0.05)) {
          results in
          results[.classification(.shallow)]?.last(\.training, \.accuracy).map { $0 - 0.5 }
        }
        // Where the paper's curve can come from.
        for start in starts(settings[0]).suffix(2) {
          Criterion(
            "test, from a start of deviation \(start.deviation.map(text) ?? "")",
            statistic: "test accuracy of LR before meta-training − ½", .equivalent(margin: 0.05),
            role: .accompanies
          ) { results in results[start]?.curves(\.test, \.accuracy).map { $0[0] - 0.5 } }
        }
      },
      Claim(
        "arnold2021/figB1-logistic-synthetic/deep-near-perfect",
        quoting: "LR with 2 or 3 linear layers attains nearly perfect classification on any task.",
        at: "Section B.1.1, Figure B.1"
      ) {
        for depth in [SyntheticProblem.Depth.two, .three] {
          // What a network reaches before its first update is no meta-learning.
          Criterion(
            "\(depth.rawValue) layers, gain",
            statistic: "test accuracy at the end − before meta-training", .positive
          ) { results in
            results[.classification(depth)]?.curves(\.test, \.accuracy).map {
              $0[$0.count - 1] - $0[0]
            }
          }
          Criterion(
            "\(depth.rawValue) layers, over LR",
            statistic: "test accuracy − that of LR at the rate that does best on training episodes",
            .positive
          ) { results in
            guard let deep = results[.classification(depth)]?.last(\.test, \.accuracy),
              let best = bestShallow(in: results)
            else { return nil }
            return deep - best
          }
          Criterion(
            "\(depth.rawValue) layers", statistic: "test accuracy", .above(threshold: 0.95),
            role: .accompanies
          ) { results in results[.classification(depth)]?.last { $0.accuracy } }
        }
      },
    ]
  }

  /// The test accuracy of LR at the rate that is best on the training episodes of each seed.
  private static func bestShallow(
    in results: Grid<SyntheticModel, SyntheticOutcome>
  ) -> PerSeed<Double>? {
    let models = [SyntheticModel.classification(.shallow)] + rates.map { .rate($0) }
    let found = models.compactMap { results[$0] }
    guard let first = found.first, found.count == models.count else { return nil }
    let ends = found.map {
      $0.last(\.training, \.accuracy).paired(with: $0.last(\.test, \.accuracy))
    }
    return PerSeed(
      seeds: first.seeds,
      values: first.seeds.compactMap { seed in
        ends.compactMap { $0.value(ofSeed: seed) }.max { $0.0 < $1.0 }?.1
      })
  }

  func quantities(in results: Grid<SyntheticModel, SyntheticOutcome>) -> [Quantity] {
    for depth in Self.depths {
      if let found = results[.classification(depth)] {
        Quantity(
          "training-accuracy", at: ["model": depth.title], found.curves(\.training, \.accuracy),
          over: "iteration", found.iterations)
        Quantity(
          "accuracy", at: ["model": depth.title], found.curves(\.test, \.accuracy),
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
            ], found.curves(\.test, \.accuracy), over: "iteration", found.iterations,
            holding: deviation == 30 && setting == Self.settings[0]
              ? [.last("lr-accuracy-from-30")] : [])
        }
      }
    }
  }
}
