import Claims
import CommonSetup
import Experiments
import Goldblum2020Setup
import Plotting
import Reproduction
import Statistics

/// Figure 1: separable classes whose one-shot boundaries are good or bad, as their variance says.
@main
struct Fig1ClassVariation: ComputedFigure {
  static let identity = FigureIdentity(
    "fig1-class-variation", of: "Goldblum2020",
    title: "Class variation and one-shot decision boundaries",
    summary: "Boundaries between two separable classes, each from one example of both: scattered "
      + "where the classes vary much, steady where they vary little.")
  static let departures = [
    "The paper's figure is a drawing. Here classes are uniform in discs that do not touch, so that "
      + "a line separates them at every ratio shown; radii, numbers of points and boundaries are "
      + "chosen, and the error over the ratio is measured beside them."
  ]

  struct Results: Codable, Sendable {
    var ratios: [Double]
    var errors: PerSeed<[Double]>
    /// The high ratio first, as in the paper.
    var scenes: [OneShotScene]
  }

  /// The radii of the discs, whose centres are one from the middle.
  private static let radii = [0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.95]
  private static let (lowIndex, highIndex) = (2, 8)
  /// A disc of radius r has the variance r²/2.
  private static let ratios = radii.map { $0 * $0 / (1 + $0 * $0 / 2) }

  private func trials(_ options: FigureOptions) -> Int {
    options.budget.pick(smoke: 500, standard: 20_000, overnight: 200_000)
  }

  private func run(_ seed: UInt64, _ options: FigureOptions) -> OneShotTrials {
    OneShotTrials(
      .ball, dimensions: 2, ratios: Self.ratios, trials: trials(options), seed: seed)
  }

  func study(_ options: FigureOptions) throws -> Study<Results> {
    let trials = trials(options)
    return try perSeed(options.seeds) { try Study(run($0, options)) }.map { outcomes in
      Results(
        ratios: Self.ratios,
        errors: outcomes.map { $0.map { 1 - Double($0) / Double(trials) } },
        scenes: [Self.highIndex, Self.lowIndex].map {
          OneShotScene(of: run(options.seeds[0], options), at: Self.ratios[$0])
        })
    }
  }

  func draw(_ results: Results) -> Picture {
    Picture(
      width: 6.75, columns: 3,
      caption:
        "Left and middle: 40 boundaries, each the middle between one example of either class, "
        + "over 120 points of each. Right: wrong labels, mean over seeds with the 95 % interval "
        + "(Student’s t). No radius is so large that the classes touch."
    ) {
      for (scene, name) in zip(results.scenes, ["high", "low"]) {
        scene.plot("\(name) variation, ε = \((scene.ratio * 100).rounded() / 100)")
      }
      let intervals = results.errors.intervals()
      Plot(
        "error", x: Axis("variance ratio, ε", includesZero: true),
        y: Axis("wrong labels", style: .percent, includesZero: true)
      ) {
        Band(
          results.ratios, lower: intervals.map(\.lower), upper: intervals.map(\.upper))
        Line(results.ratios, intervals.map(\.estimate))
        for scene in results.scenes { ReferenceLine.vertical(at: scene.ratio) }
      }
    }
  }

  static func claims(_ scope: ClaimScope) -> [Claim<Results>] {
    [
      Claim(
        "goldblum2020/fig1-class-variation/boundary-stability",
        quoting: "As classes move farther apart relative to the class variation, one-shot learning "
          + "yields better decision boundaries.", at: "Figure 1"
      ) {
        Criterion(
          "high minus low",
          statistic: "error at the high variance ratio minus error at the low one", .positive,
          in: .points
        ) { $0.errors.map { $0[highIndex] - $0[lowIndex] } }
        Criterion(
          "trend", statistic: "least-squares slope of the error over the variance ratio", .positive
        ) { $0.errors.slopes(over: $0.ratios) }
      }
    ]
  }

  func quantities(in results: Results) -> [Quantity] {
    Quantity(
      "error", results.errors, over: "ratio", results.ratios,
      holding: Self.radii.enumerated().map {
        .point($0.offset, "error-at-radius-\($0.element)", within: .absolute(1e-9))
      })
  }
}
