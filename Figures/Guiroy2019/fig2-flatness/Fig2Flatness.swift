import Claims
import CommonSetup
import DataSets
import Experiments
import Guiroy2019Setup
import Measurements
import Plotting
import Reproduction
import Statistics

/// Figure 2: MAML first finds sharper solutions to new episodes, then flatter ones.
@main
struct Fig2Flatness: ImageFigure {
  static let identity = FigureIdentity(
    "fig2-flatness", of: "Guiroy2019", title: "Flatness of meta-test solutions",
    summary: "The mean spectral norm of the support loss's Hessian where MAML's adaptation to "
      + "meta-test episodes ends, by epoch, in every setting.",
    dataSets: sets.map(\.name), presets: Preset.names)
  private static let sets = [ImageSet.omniglot, .miniImageNet]

  /// What is found of a training.
  struct Found: Codable, Sendable {
    /// Before training and after every epoch.
    var curvatures: [CurvatureSummary]
    /// On test classes after every epoch: the evaluations of Figure 10.
    var accuracies: [Double]
  }

  func study(_ options: FigureOptions) throws -> Study<Grid<Setting, Found>> {
    let experiments = try ImageExperiments(on: Self.sets, options)
    return try experiments.grid(seeds: options.seeds) { setting, seed in
      try Study(experiments.curvature(setting, seed: seed))
        .and(Study(experiments.evaluation(setting, on: .test, seed: seed)))
        .map { Found(curvatures: $0, accuracies: $1.map(\.accuracy)) }
    }
  }

  func draw(_ results: Grid<Setting, Found>) -> Picture {
    var titles: [String] = []
    for setting in results.places where !titles.contains(setting.title) {
      titles.append(setting.title)
    }
    let last = results.found.compactMap { $0.values.epochs.last }.max() ?? 0
    return Picture(
      columns: titles.count < 5 ? 2 : 3, sharing: .x, legend: .shared,
      caption: SeedCurve.caption(seeds: results.found[0].values.count)
        + " θ̃: the solution that the inner loop finds for a meta-test episode; ‖H‖: the largest "
        + "absolute eigenvalue of its support loss's Hessian, by Lanczos." + results.omissions
    ) {
      for title in titles {
        Plot(
          title,
          x: Axis(
            "epoch", ticks: stride(from: 0, through: last, by: max(last / 4, 1)).map(Double.init)),
          y: Axis("E[‖H(\\tilde{θ}_i)‖_2]")
        ) {
          for (index, found) in results.found.filter({ $0.place.title == title }).enumerated() {
            SeedCurve(
              found.values.norms, over: found.values.epochs, found.place.order.title,
              within: 0...(.infinity)
            ).marks(.series(index))
          }
        }.grid()
      }
    }
  }

  static func claims(_ scope: ClaimScope) -> [Claim<Grid<Setting, Found>>] {
    let settings = ImageExperiments.settings(on: sets, scope)
    return [
      Claim(
        "guiroy2019/fig2-flatness/peak-then-flatten",
        quoting: "Across all settings, we observe that MAML first finds sharper solutions until "
          + "reaching a peak, then as the number of epoch grows, those solutions become flatter.",
        at: "Section 5.1, Figure 2", gate: .bestEpoch(of: settings) { $0[$1]?.map(\.accuracies) }
      ) {
        // The peak is chosen on the other half of the seeds: the last below the maximum holds for
        // noise as well. It comes after training has begun, since what only falls has none.
        for setting in settings {
          Criterion(
            "\(setting.fullTitle), rise to peak",
            statistic: "curvature at the peak of the other half of the seeds minus that before "
              + "training", .positive
          ) { results in Self.peak(results[setting]) { $0.rises } }
          Criterion(
            "\(setting.fullTitle), change after peak",
            statistic: "last curvature minus curvature at the peak of the other half of the seeds",
            .negative
          ) { results in Self.peak(results[setting]) { $0.changes } }
          Criterion(
            "\(setting.fullTitle), slope after peak",
            statistic: "least-squares slope of curvature from that peak on, per epoch", .negative
          ) { results in Self.peak(results[setting]) { $0.slopes } }
        }
      }
    ]
  }

  private static func peak(
    _ found: PerSeed<Found>?, _ statistic: (HeldOutPeak) -> PerSeed<Double>
  ) -> Evidence? {
    guard let found else { return nil }
    guard
      let peak = HeldOutPeak(
        of: found.norms, over: found.epochs.map(Double.init), from: 1)
    else {
      return .undefined(reason: "one seed leaves no other half to choose a peak")
    }
    return .seeds(statistic(peak))
  }

  func quantities(in results: Grid<Setting, Found>) -> [Quantity] {
    for (setting, found) in results.found {
      Quantity(
        "spectral-norm", at: setting.columns, found.norms, over: "epoch", found.epochs,
        // Another kernel set may end the iteration for an eigenvalue one product earlier.
        holding: [
          .first(setting.key + "-first-curvature", within: .relative(2e-4)),
          .last(setting.key + "-last-curvature", within: .relative(0.1)),
        ])
      Quantity(
        "products", at: setting.columns, found.curves(\.products), over: "epoch",
        found.epochs)
      Quantity(
        "unconverged", at: setting.columns, found.curves { Double($0.unconverged) },
        over: "epoch", found.epochs)
    }
  }
}

extension PerSeed<Fig2Flatness.Found> {
  fileprivate var epochs: [Int] { values[0].curvatures.map(\.epoch) }
  fileprivate var norms: PerSeed<[Double]> { curves(\.spectralNorm) }
  fileprivate func curves(_ value: (CurvatureSummary) -> Double) -> PerSeed<[Double]> {
    map { $0.curvatures.map(value) }
  }
}
