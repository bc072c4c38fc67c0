import Arnold2021Setup
import Claims
import CommonSetup
import Experiments
import Plotting
import Reproduction
import Statistics

/// Figure 1: MAML on models that are right but shallow, and on the same models made deeper.
///
/// (a) one-dimensional regression with ŷ = cx and ŷ = abx: the query loss of unseen episodes after
/// one step; (b) logistic regression with 0, 2 or 3 linear layers added. One step with α = 0.1 takes
/// the best shallow start from a loss of 2 to 1 + 0.81, which is not quite no adaptation; whether
/// logistic regression stays at chance depends on the start, which is not stated (see Figure B.1).
@main
struct Fig1ShallowDeep: SyntheticFigure {
  static let identity = FigureIdentity(
    "fig1-shallow-deep", of: "Arnold2021", title: "Shallow models fail to meta-learn, deep ones do",
    summary: "Loss and accuracy after one inner step, of linear models with and without added "
      + "linear layers.")
  static let departures = Departures.synthetic + Departures.regression + Departures.classification

  private static let regressions: [(model: SyntheticModel, title: String, key: String)] = [
    (.regression(isDeep: false), "SHALLOW, ŷ = cx", "shallow-loss"),
    (.regression(isDeep: true), "DEEP, ŷ = abx", "deep-loss"),
  ]
  private static let depths = SyntheticProblem.Depth.allCases

  func study(_ options: FigureOptions) throws -> Study<Grid<SyntheticModel, SyntheticOutcome>> {
    let models = Self.regressions.map(\.model) + Self.depths.map { .classification($0) }
    return try grid(models, seeds: options.seeds) {
      try $0.study(of: [.test], seed: $1, budget: options.budget)
    }
  }

  func draw(_ results: Grid<SyntheticModel, SyntheticOutcome>) -> Picture {
    Picture(
      width: 6.75, columns: 2,
      caption: "Unseen episodes after one inner step. "
        + SeedCurve.caption(seeds: results.found[0].values.count)
    ) {
      Plot(
        "Linear regression", x: Axis("meta-iterations"),
        y: Axis("mean squared error", range: 0.9...3)
      ) {
        ReferenceLine.horizontal(at: 2, label: "no adaptation")
        ReferenceLine.horizontal(at: 1, label: "noise").colored(.color(.faint))
        for (index, row) in Self.regressions.enumerated() {
          if let found = results[row.model] {
            SeedCurve(
              found.curves(.test, \.loss), over: found.iterations, row.title, within: 0...10
            ).marks(.series(index), markers: false)
          }
        }
      }
      Plot(
        "Binary classification", x: Axis("meta-iterations"),
        y: Axis("accuracy", range: 0.4...1.01)
      ) {
        ReferenceLine.horizontal(at: 0.5, label: "chance")
        for (index, depth) in Self.depths.enumerated() {
          if let found = results[.classification(depth)] {
            SeedCurve(
              found.curves(.test, \.accuracy), over: found.iterations, depth.title, within: 0...1
            ).marks(.series(index), markers: false)
          }
        }
      }
    }
  }

  static func claims(_ scope: ClaimScope) -> [Claim<Grid<SyntheticModel, SyntheticOutcome>>] {
    [
      Claim(
        "arnold2021/fig1-shallow-deep/shallow-fails",
        quoting: "While the DEEP (the red curve) quickly reduce the MSE on meta-testing tasks, the "
          + "black curve demonstrates the poor performance of the MAML algorithm on the SHALLOW "
          + "model.",
        at: "Section 4.2, Figure 1"
      ) {
        Criterion(
          "regression",
          statistic: "part of the possible improvement of the loss that the shallow model recovers",
          .below(threshold: 0.25)
        ) { recovered(isDeep: false, in: $0) }
        // One step of α = 0.1 gains 9.5 % by itself, in the paper's setting as well.
        Criterion(
          "regression, against no adaptation",
          statistic: "loss after adaptation / loss of predicting without adaptation − 1",
          .equivalent(margin: 0.05), role: .accompanies
        ) { results in
          results[.regression(isDeep: false)].map { found in
            found.last(.test, \.loss).paired(with: found.last(.test, \.lossBefore))
              .map { $0 / $1 - 1 }
          }
        }
      },
      Claim(
        "arnold2021/fig1-shallow-deep/deep-learns",
        quoting:
          "As in the 1-D regression, the overparameterization (equivalent to adding two or three linear "
          + "layers) enables meta-learning and fast adaptation.", at: "Section 4.2, Figure 1"
      ) {
        Criterion(
          "regression", statistic: "part of the possible improvement of the loss",
          .above(threshold: 0.9)
        ) { recovered(isDeep: true, in: $0) }
        Criterion(
          "regression, gain",
          statistic: "loss after adaptation before meta-training − at its end", .positive
        ) { results in
          results[.regression(isDeep: true)]?.curves(.test, \.loss).map {
            $0[0] - $0[$0.count - 1]
          }
        }
      },
    ]
  }

  /// (L₀ − L) / (L₀ − 1), L₀ the loss without adaptation and 1 that of the noise.
  private static func recovered(
    isDeep: Bool, in results: Grid<SyntheticModel, SyntheticOutcome>
  ) -> PerSeed<Double>? {
    guard let found = results[.regression(isDeep: isDeep)],
      let shallow = results[.regression(isDeep: false)]
    else { return nil }
    return found.last(.test, \.loss).paired(with: shallow.last(.test, \.lossBefore))
      .map { loss, none in (none - loss) / (none - 1) }
  }

  func quantities(in results: Grid<SyntheticModel, SyntheticOutcome>) -> [Quantity] {
    for row in Self.regressions {
      if let found = results[row.model] {
        Quantity(
          "loss", at: ["model": row.title], found.curves(.test, \.loss), over: "iteration",
          found.iterations, holding: [.last(row.key)])
        Quantity(
          "loss-before-the-step", at: ["model": row.title], found.curves(.test, \.lossBefore),
          over: "iteration", found.iterations)
      }
    }
    for depth in Self.depths {
      if let found = results[.classification(depth)] {
        Quantity(
          "accuracy", at: ["model": depth.title], found.curves(.test, \.accuracy),
          over: "iteration", found.iterations, holding: [.last("\(depth.key)-accuracy")])
      }
    }
  }
}
