import Claims
import CommonSetup
import Experiments
import Guiroy2019Setup
import Measurements
import Reproduction
import Statistics

/// Figure 8: in regression, too, coherent gradients go with good answers.
@main
struct Fig8RegressionCoherence: ComputedFigure {
  static let identity = FigureIdentity(
    "fig8-regression-coherence", of: "Guiroy2019",
    title: "Coherence of meta-test gradients in few-shot regression",
    summary: "The mean inner product between support gradients and the negative target error on "
      + "sine waves of unseen amplitude and phase: (a, b) through training, (c, d) across shots, "
      + "(e) their correlation for every number of shots.")

  static let departures = [
    "Section 5.3.1 writes y = a sin(bx + c), appendix A.4 varies amplitude and phase alone: b = 1.",
    "Ranges, rates and numbers of tasks are not stated. Here: training a in [0.1, 3] and c in "
      + "[0, 2π/3], test a in [3, 5] and c in [2π/3, π]; ten query points, inner rate 0.01, one "
      + "step. Below the `paper` budget trainings are shorter than 70 000 meta-iterations.",
    "Panel (e) is the correlation over the epochs of training, for every k.",
  ]

  static func seedCount(within budget: Budget) -> Int {
    budget.pick(smoke: 3, standard: 5, overnight: 20)
  }

  func study(_ options: FigureOptions) throws -> Study<Grid<Int, [TrajectorySummary]>> {
    let settings = RegressionProtocol(options.budget)
    return try grid(settings.shots, seeds: options.seeds) {
      try Study(settings.trajectories(shots: $0, seed: $1))
    }
  }

  static func claims(_ scope: ClaimScope) -> [Claim<Grid<Int, [TrajectorySummary]>>] {
    let settings = RegressionProtocol(scope.budget)
    return [
      Claim(
        "guiroy2019/fig8-regression-coherence/regression-coherence",
        quoting: "in the case of Few-shot regression, generalization (negative average target MSE "
          + "on Meta-test Task) strongly correlates with E[g_i^T g_j]",
        at: "Section 5.3.1, Figure 8", gate: gate(settings)
      ) {
        for shots in settings.shots {
          Criterion(
            "\(shots) shots, through training",
            statistic: "Pearson R of gradient coherence and −MSE over epochs, per seed", .positive,
            scale: .correlation,
            role: settings.shownShots.contains(shots) ? .decides : .accompanies
          ) { (results: Grid<Int, [TrajectorySummary]>) -> Evidence? in
            results[shots].map {
              .correlation(of: $0.curves(\.gradientCoherence), and: $0.performances)
            }
          }
        }
        for (correlation, role) in [
          (Correlation.pearson, CriterionStatement.Role.decides), (.spearman, .accompanies),
        ] {
          Criterion(
            "across shots, \(correlation.rawValue)",
            statistic: "\(correlation.rawValue) over k of gradient coherence and −MSE after the "
              + "last epoch, per seed", .positive, scale: .correlation, role: role
          ) { (results: Grid<Int, [TrajectorySummary]>) -> Evidence? in
            let (coherence, performance) = results.finals
            return .correlation(of: coherence, and: performance, by: correlation)
          }
        }
      }
    ]
  }

  private static func gate(
    _ settings: RegressionProtocol
  ) -> Gate<Grid<Int, [TrajectorySummary]>> {
    Gate(
      "MAML, target error",
      errorAtMost: Dictionary(
        uniqueKeysWithValues: settings.shownShots.map {
          ("\($0) shots", RegressionProtocol.competentError)
        }), lastQuarterGainsAtMost: 0.1
    ) { results in
      Dictionary(
        uniqueKeysWithValues: settings.shownShots.compactMap { shots in
          results[shots].map { found in
            let errors = found.curves(\.queryLoss)
            return ("\(shots) shots", ReferenceArm(errors.point(errors.length - 1), curve: errors))
          }
        })
    }
  }

  func quantities(in results: Grid<Int, [TrajectorySummary]>) -> [Quantity] {
    for (shots, found) in results.found {
      let place: KeyValuePairs = ["shots": "\(shots)"]
      Quantity(
        "target-mse", at: place, found.curves(\.queryLoss), over: "epoch", found.epochs,
        holding: [
          .first("first-mse-\(shots)-shots", within: .relative(2e-5)),
          .last("last-mse-\(shots)-shots"),
        ])
      Quantity(
        "gradient-coherence", at: place, found.curves(\.gradientCoherence), over: "epoch",
        found.epochs,
        holding: [.first("first-coherence-\(shots)-shots", within: .relative(2e-4))])
    }
  }
}

extension PerSeed<[TrajectorySummary]> {
  /// −MSE on targets.
  var performances: PerSeed<[Double]> { curves { -$0.queryLoss } }
}

extension Grid<Int, [TrajectorySummary]> {
  /// Coherence and performance after the last epoch, curves over k.
  var finals: (coherence: PerSeed<[Double]>, performance: PerSeed<[Double]>) {
    func last(_ curves: (PerSeed<[TrajectorySummary]>) -> PerSeed<[Double]>) -> PerSeed<[Double]> {
      let all = found.map { curves($0.values) }
      return PerSeed(
        seeds: all[0].seeds,
        values: all[0].values.indices.map { seed in all.map { $0.values[seed].last ?? .nan } })
    }
    return (last { $0.curves(\.gradientCoherence) }, last(\.performances))
  }
}
