import Claims
import CommonSetup
import DataSets
import Experiments
import Foundation
import Guiroy2019Setup
import Measurements
import MetaLearners
import Plotting
import Reproduction
import Statistics

/// Figure 5: where the adaptations to different episodes go the same way, accuracy is high.
@main
struct Fig5Coherence: ImageFigure {
  static let identity = FigureIdentity(
    "fig5-coherence", of: "Guiroy2019",
    title: "Coherence of adaptation trajectories and target accuracy",
    summary: "The mean cosine between the directions in which MAML adapts to meta-test episodes, "
      + "and the accuracy that it reaches, by epoch; (a) first order, (b) second order.",
    dataSets: [ImageSet.omniglot, .miniImageNet].map(\.name), presets: Preset.names)

  func study(_ options: FigureOptions) throws -> Study<Grid<Setting, [TrajectorySummary]>> {
    let experiments = try ImageExperiments(on: [.miniImageNet], options, isOneForm: true)
    return try grid(experiments.settings, seeds: options.seeds) {
      try Study(experiments.trajectories($0, seed: $1))
    }.using(experiments.data)
  }

  func draw(_ results: Grid<Setting, [TrajectorySummary]>) -> Picture {
    Picture(
      columns: 2,
      caption: SeedCurve.caption(seeds: results.found[0].values.count)
        + " Insets: every seed and epoch; R is Pearson's over the epochs of a seed, averaged over "
        + "seeds by Fisher's z. Coherence: the mean cosine between the directions u from the "
        + "meta-train solution to the solutions of two episodes."
    ) {
      for (setting, found) in results.found { plot(setting, found) }
    }
  }

  private func plot(_ setting: Setting, _ found: PerSeed<[TrajectorySummary]>) -> Plot {
    let (coherence, accuracy) = (found.curves(\.coherence), found.curves(\.accuracy))
    let r = SeedwiseCorrelation(of: coherence, and: accuracy)?.interval().estimate
    return Plot(
      "\(setting.order.title), \(setting.title)", x: Axis("epoch"),
      y: Axis("target accuracy", style: .percent), right: Axis("coherence  E[u_i^⊤ u_j]")
    ) {
      SeedCurve(accuracy, over: found.epochs, "accuracy").marks(.series(0))
      SeedCurve(coherence, over: found.epochs, "coherence")
        .marks(.series(1), onRightAxis: true)
    }.inset(
      Plot(
        r.map { String(format: "R = %.2f", $0) } ?? "R undefined", x: Axis("coherence"),
        y: Axis("accuracy", style: .percent)
      ) {
        Points(coherence.values.flatMap(\.self), accuracy.values.flatMap(\.self), size: 2.4)
          .colored(.series(2))
      })
  }

  static func claims(_ scope: ClaimScope) -> [Claim<Grid<Setting, [TrajectorySummary]>>] {
    [
      Claim(
        "guiroy2019/fig5-coherence/coherence-tracks-accuracy",
        quoting: "We clearly observe a correlation between the coherence of adaptation "
          + "trajectories and generalization to new tasks, with higher average inner product "
          + "between trajectory directions, thus smaller angles, being linked to higher average "
          + "target accuracy on those new tasks.",
        at: "Section 5.2, Figure 5", gate: gate(scope)
      ) {
        for setting in ImageExperiments.settings(on: [.miniImageNet], scope, isOneForm: true) {
          // Two curves that both rise correlate by drift alone, and as much with another seed's.
          Criterion(
            "\(setting.order.title), beyond drift",
            statistic: "Fisher's z of R within a seed minus the mean z between its coherence and "
              + "other seeds' accuracy", .positive
          ) { results in
            results[setting].map {
              .correlationBeyondDrift(of: $0.curves(\.coherence), and: $0.curves(\.accuracy))
            }
          }
          for (correlation, role) in correlations {
            Criterion(
              "\(setting.order.title), \(correlation.rawValue)",
              statistic: "\(correlation.rawValue) of coherence and accuracy over epochs, per seed",
              .positive, scale: .correlation, role: role
            ) { results in
              results[setting].map {
                .correlation(
                  of: $0.curves(\.coherence), and: $0.curves(\.accuracy), by: correlation)
              }
            }
          }
        }
      }
    ]
  }

  /// Half of what MAML gains over chance with 48.7 % on mini-ImageNet (Finn et al. 2017, whose setting
  /// this is), at the epoch that is best on the mean.
  private static func gate(_ scope: ClaimScope) -> Gate<Grid<Setting, [TrajectorySummary]>> {
    let settings = ImageExperiments.settings(on: [.miniImageNet], scope, isOneForm: true)
    return Gate(
      "MAML at its best epoch",
      accuracyAtLeast: Dictionary(
        uniqueKeysWithValues: settings.map {
          ($0.fullTitle, Competence.halfway(from: 1 / Double($0.form.ways), to: 0.487))
        }), lastQuarterGainsAtMost: Competence.lastQuarterGain
    ) { results in
      Dictionary(
        uniqueKeysWithValues: settings.compactMap { setting in
          results[setting].map { found in
            let curve = found.curves(\.accuracy)
            let means = (0..<curve.length).map { curve.point($0).mean }
            let best = means.indices.max { means[$0] < means[$1] } ?? 0
            return (setting.fullTitle, ReferenceArm(curve.point(best), curve: curve))
          }
        })
    }
  }

  /// Spearman's R and that of first differences, since two drifting curves correlate by accident.
  private static let correlations: [(Correlation, CriterionStatement.Role)] = [
    (.pearson, .decides), (.spearman, .accompanies), (.firstDifferences, .accompanies),
  ]

  func quantities(in results: Grid<Setting, [TrajectorySummary]>) -> [Quantity] {
    for (setting, found) in results.found {
      let key = setting.order.title.replacing(" ", with: "-")
      Quantity(
        "accuracy", at: setting.columns, found.curves(\.accuracy), over: "epoch", found.epochs,
        holding: [.last(key + "-last-accuracy", within: .absolute(0.05))])
      // Two updates in, another kernel set is still the same to seven digits.
      Quantity(
        "coherence", at: setting.columns, found.curves(\.coherence), over: "epoch", found.epochs,
        holding: [
          .first(key + "-first-coherence", within: .relative(2e-4)),
          .last(key + "-last-coherence", within: .absolute(0.03)),
        ])
      Quantity(
        "length", at: setting.columns, found.curves(\.length), over: "epoch", found.epochs,
        holding: [.first(key + "-first-length", within: .relative(2e-5))])
      Quantity(
        "support-loss", at: setting.columns, found.curves(\.supportLoss), over: "epoch",
        found.epochs, holding: [.first(key + "-first-support-loss", within: .relative(2e-5))])
    }
  }
}

extension PerSeed<[TrajectorySummary]> {
  fileprivate var epochs: [Int] { values[0].map(\.epoch) }

  fileprivate func curves(
    _ quantity: (TrajectorySummary) -> Double
  ) -> PerSeed<[Double]> { map { $0.map(quantity) } }
}
