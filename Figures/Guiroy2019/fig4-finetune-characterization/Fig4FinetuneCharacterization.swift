import Claims
import CommonSetup
import DataSets
import Experiments
import Guiroy2019Setup
import Plotting
import Reproduction
import Statistics

/// Figure 4: ordinary training makes the solutions of finetuning sharper and worse on the support.
@main
struct Fig4FinetuneCharacterization: CharacterizationFigure {
  static let identity = FigureIdentity(
    "fig4-finetune-characterization", of: "Guiroy2019",
    title: "Finetuning baseline: characterization of meta-test solutions",
    summary: "Accuracy, support loss and curvature of the solutions that finetuning finds for "
      + "meta-test episodes, by epoch of ordinary training.",
    dataSets: [ImageSet.omniglot, .miniImageNet].map(\.name), presets: Preset.names)
  static let training = "Finetuning of all weights after ordinary training on all classes"
  private static let sets = [ImageSet.miniImageNet]
  private static let panels = Panels.firstForm

  static var departures: [String] { baselineDepartures }

  func study(_ options: FigureOptions) throws -> Study<Grid<Setting, Characterization>> {
    let experiments = try ImageExperiments(
      on: Self.sets, options, Self.panels, world: .baseline)
    // The order means nothing without an outer loop.
    return try grid(Array(experiments.settings.prefix(1)), seeds: options.seeds) {
      try Study(experiments.baselineTrajectories($0, seed: $1))
        .and(Study(experiments.baselineCurvature($0, seed: $1)))
        .map { Characterization($0, $1.map(\.spectralNorm)) }
    }.using(experiments.data)
  }

  static func claims(_ scope: ClaimScope) -> [Claim<Grid<Setting, Characterization>>] {
    let setting = ImageExperiments.settings(on: sets, scope, panels)[0]
    @Sendable func slopes(
      _ results: Grid<Setting, Characterization>, _ curve: (Characterization) -> [Double]
    ) -> PerSeed<Double>? {
      results[setting].map { found in
        found.map(curve).slopes(over: found.values[0].epochs.map(Double.init))
      }
    }
    return [
      Claim(
        "guiroy2019/fig4-finetune-characterization/opposite-trend",
        quoting: "the adapted meta-test solutions become flatter on average, while the opposite "
          + "occurs when using a finetuning baseline. the adapted final solutions reach lower "
          + "average support loss values, which never increases, while the opposite occurs when "
          + "using a finetuning baseline.",
        at: "Section 1, Figure 4", gate: .baseline(setting) { $0[setting]?.map(\.accuracy) }
      ) {
        Criterion(
          "support loss", statistic: "least-squares slope over epochs, per seed", .positive
        ) { slopes($0, \.supportLoss) }
        Criterion(
          "curvature", statistic: "least-squares slope over epochs, per seed", .positive
        ) { slopes($0, \.curvature) }
      }
    ]
  }
}
