import Claims
import CommonSetup
import DataSets
import Experiments
import Guiroy2019Setup
import MetaLearners
import Measurements
import Plotting
import Reproduction
import Statistics

/// Figure 6: finetuning's adaptations have little in common, and do not get longer as MAML's do.
@main
struct Fig6FinetuneCoherence: ImageFigure {
  static let identity = FigureIdentity(
    "fig6-finetune-coherence", of: "Guiroy2019",
    title: "Coherence of finetuning and lengths of trajectories",
    summary: "(a) Coherence of directions and (b) of gradients for the finetuning baseline; the "
      + "lengths of adaptation trajectories of every algorithm with (c) one shot and (d) five.",
    dataSets: [ImageSet.omniglot, .miniImageNet].map(\.name), presets: Preset.names)

  static var departures: [String] { baselineDepartures }

  func study(_ options: FigureOptions) throws -> Study<Grid<Arm, [TrajectorySummary]>> {
    let experiments = try ImageExperiments(on: Arm.sets, options, Arm.panels(options.budget))
    return try grid(Arm.all(experiments.settings), seeds: options.seeds) { arm, seed in
      arm.isBaseline
        ? try Study(experiments.baselineTrajectories(arm.setting, seed: seed))
        : try Study(experiments.trajectories(arm.setting, seed: seed))
    }.using(experiments.data)
  }

  func draw(_ results: Grid<Arm, [TrajectorySummary]>) -> Picture {
    Picture(
      columns: 2,
      caption: SeedCurve.caption(seeds: results.found[0].values.count)
        + " u: the direction from the start to the solution \\tilde{θ} of a meta-test episode; g: "
        + "the support gradient at the start."
    ) {
      plot("finetuning, coherence of directions", "E[u_i^⊤ u_j]", results, \.coherence) {
        $0.isBaseline
      }
      plot("finetuning, coherence of gradients", "E[g_i^⊤ g_j]", results, \.gradientCoherence) {
        $0.isBaseline
      }
      for form in Arm.forms {
        plot(
          "lengths, \(form.shots)-shot", "E[‖\\tilde{θ}_i − θ‖_2]", results, \.length
        ) { $0.setting.form == form }
      }
    }
  }

  private func plot(
    _ title: String, _ axis: String, _ results: Grid<Arm, [TrajectorySummary]>,
    _ quantity: (TrajectorySummary) -> Double, of arms: (Arm) -> Bool
  ) -> Plot {
    let found = results.found.filter { arms($0.place) }
    let baselines = found.allSatisfy(\.place.isBaseline)
    return Plot(
      title, x: Axis("epoch"), y: Axis(axis, includesZero: true)
    ) {
      for (index, arm) in found.enumerated() {
        SeedCurve(
          arm.values.curves(quantity), over: arm.values.epochs,
          baselines
            ? "\(arm.place.setting.form.shots)-shot" : arm.place.algorithm
        ).marks(.series(arm.place.isBaseline && !baselines ? 2 : index))
      }
    }.grid()
  }

  func quantities(in results: Grid<Arm, [TrajectorySummary]>) -> [Quantity] {
    for (arm, found) in results.found {
      let place: KeyValuePairs = ["setting": arm.setting.title, "algorithm": arm.algorithm]
      for (name, curve) in [
        ("coherence", found.curves(\.coherence)),
        ("gradient-coherence", found.curves(\.gradientCoherence)),
        ("length", found.curves(\.length)),
      ] {
        Quantity(
          name, at: place, curve, over: "epoch", found.epochs,
          holding: [.first("\(arm.key)-first-\(name)", within: .relative(2e-3))])
      }
      Quantity("accuracy", at: place, found.curves(\.accuracy), over: "epoch", found.epochs)
    }
  }
}
