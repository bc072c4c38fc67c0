import Claims
import CommonSetup
import DataSets
import Experiments
import Foundation
import Measurements
import Plotting
import Reproduction
import Statistics

/// A figure that compares a kind of coherence with accuracy, epoch by epoch, in some settings.
package protocol CoherenceFigure: ImageFigure
where Results == Grid<Setting, [TrajectorySummary]>, Drawing == Picture {
  /// The settings, a panel each.
  static var panels: Panels { get }
  /// The sets that the panels are about.
  static var sets: [ImageSet] { get }
  /// What is compared with accuracy.
  static var measure: Coherence { get }
  /// Whether panels show the run of the first seed, as the paper does, instead of means.
  static var showsSingleRuns: Bool { get }
  /// The claim's last name, the paper's words and where they stand.
  static var claim: (name: String, words: String, location: String) { get }
}

extension CoherenceFigure {
  package static var showsSingleRuns: Bool { false }

  package func study(_ options: FigureOptions) throws -> Study<Results> {
    let experiments = try ImageExperiments(on: Self.sets, options, Self.panels)
    return try experiments.grid(seeds: options.seeds) {
      try Study(experiments.trajectories($0, seed: $1))
    }
  }

  package func draw(_ results: Results) -> Picture {
    let seeds = results.found[0].values.seeds
    let (shown, all) =
      Self.showsSingleRuns
      ? (
        "Lines: the run of seed \(seeds[0]) alone, since the paper shows single runs.",
        "all \(seeds.count) seeds"
      ) : (SeedCurve.caption(seeds: seeds.count) + " Insets: every seed and epoch.", "seeds")
    return Picture(
      columns: 2, sharing: .rows, legend: .shared,
      caption: shown
        + " R is \(Self.measure.correlation.title) over the epochs of a seed, averaged "
        + "over \(all) by Fisher's z. \(Self.measure.definition)" + results.omissions
    ) {
      for (setting, found) in results.found {
        Self.showsSingleRuns ? plot(setting, found, of: found.first) : plot(setting, found)
      }
    }
  }

  /// A panel with every epoch of every seed in its inset.
  private func plot(_ setting: Setting, _ found: PerSeed<[TrajectorySummary]>) -> Plot {
    let coherence = Self.measure.curves(of: found).values.flatMap(\.self)
    return axes("\(setting.order.title), \(setting.title)", found).inset(
      Plot(correlation(found), x: Axis("coherence"), y: Axis("accuracy", style: .percent)) {
        Points(coherence, found.curves(\.accuracy).values.flatMap(\.self), size: 2.4)
          .colored(.series(2))
      })
  }

  /// A panel of one run, with the correlation over all in its title.
  private func plot(
    _ setting: Setting, _ found: PerSeed<[TrajectorySummary]>,
    of run: PerSeed<[TrajectorySummary]>
  ) -> Plot {
    axes("\(setting.order.title), \(setting.title)\n\(correlation(found))", run)
  }

  private func axes(_ title: String, _ shown: PerSeed<[TrajectorySummary]>) -> Plot {
    Plot(
      title, x: Axis("epoch"), y: Axis("target accuracy", style: .percent),
      right: Axis(Self.measure.axis)
    ) {
      SeedCurve(shown.curves(\.accuracy), over: shown.epochs, "accuracy").marks(.series(0))
      SeedCurve(Self.measure.curves(of: shown), over: shown.epochs, Self.measure.name)
        .marks(.series(1), onRightAxis: true)
    }
  }

  private func correlation(_ found: PerSeed<[TrajectorySummary]>) -> String {
    let r = SeedwiseCorrelation(
      of: Self.measure.curves(of: found), and: found.curves(\.accuracy),
      by: Self.measure.correlation)?.interval().estimate
    return r.map { String(format: "R = %.2f", $0).replacing("-", with: "−") } ?? "R undefined"
  }

  @QuantityBuilder package func quantities(in results: Results) -> [Quantity] {
    for (setting, found) in results.found {
      Quantity(
        "accuracy", at: setting.columns, found.curves(\.accuracy), over: "epoch", found.epochs,
        holding: [.last(setting.key + "-last-accuracy", within: .absolute(0.05))])
      // Two updates in, another kernel set is still the same to seven digits.
      Quantity(
        "coherence", at: setting.columns, found.curves(\.coherence), over: "epoch", found.epochs,
        holding: [
          .first(setting.key + "-first-coherence", within: .relative(2e-4)),
          .last(setting.key + "-last-coherence", within: .absolute(0.03)),
        ])
      Quantity(
        "gradient-coherence", at: setting.columns, found.curves(\.gradientCoherence),
        over: "epoch", found.epochs,
        holding: [.first(setting.key + "-first-gradient-coherence", within: .relative(2e-4))])
      Quantity(
        "length", at: setting.columns, found.curves(\.length), over: "epoch", found.epochs,
        holding: [.first(setting.key + "-first-length", within: .relative(2e-5))])
      Quantity(
        "support-loss", at: setting.columns, found.curves(\.supportLoss), over: "epoch",
        found.epochs,
        holding: [.first(setting.key + "-first-support-loss", within: .relative(2e-5))])
    }
  }
}

extension PerSeed<[TrajectorySummary]> {
  /// The epochs of every seed.
  package var epochs: [Int] { values[0].map(\.epoch) }

  /// A quantity over the epochs.
  package func curves(_ quantity: (TrajectorySummary) -> Double) -> PerSeed<[Double]> {
    map { $0.map(quantity) }
  }

  /// The run of the first seed alone.
  fileprivate var first: Self { PerSeed(seeds: [seeds[0]], values: [values[0]]) }
}

extension Correlation {
  fileprivate var title: String {
    switch self {
    case .pearson: "Pearson's"
    case .spearman: "Spearman's"
    case .firstDifferences: "that of first differences"
    }
  }
}
