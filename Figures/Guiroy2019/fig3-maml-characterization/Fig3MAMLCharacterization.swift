import Claims
import CommonSetup
import DataSets
import Experiments
import Guiroy2019Setup
import MetaLearners
import Plotting
import Reproduction
import Statistics

/// Figure 3: solutions keep getting flatter while accuracy falls.
@main
struct Fig3MAMLCharacterization: CharacterizationFigure {
  static let identity = FigureIdentity(
    "fig3-maml-characterization", of: "Guiroy2019",
    title: "First-order MAML: characterization of meta-test solutions",
    summary:
      "Accuracy, support loss and curvature of the solutions to meta-test episodes, by epoch "
      + "of a first-order meta-training that goes on past its best.",
    dataSets: [ImageSet.miniImageNet].map(\.name), presets: Preset.names)
  static let training = "First-order MAML, trained past its best epoch"
  private static let sets = [ImageSet.miniImageNet]
  private static let panels = Panels.listed([.init(.miniImageNet, 5, 1, .first)])

  static var departures: [String] {
    imageDepartures + [
      "Stand-ins have 16 classes of 20 pictures to learn from, since accuracy does not fall on all "
        + "of them within minutes. The paper does not say how long it trained: here four times as "
        + "many epochs as in the other figures."
    ]
  }

  func study(_ options: FigureOptions) throws -> Study<Grid<Setting, Characterization>> {
    let experiments = try ImageExperiments(on: Self.sets, options, Self.panels, world: .prolonged)
    return try grid(experiments.settings, seeds: options.seeds) {
      try experiments.characterization($0, seed: $1)
    }.using(experiments.data)
  }

  static func claims(_ scope: ClaimScope) -> [Claim<Grid<Setting, Characterization>>] {
    let settings = ImageExperiments.settings(on: sets, scope, panels)
    let setting = settings[0]
    return [
      Claim(
        "guiroy2019/fig3-maml-characterization/flatter-while-degrading",
        quoting: "even as f starts to show poorer generalization (see Figure 3a), the solutions "
          + "keep getting flatter, as shown in Figure 3c",
        at: "Section 5.1, Figure 3", gate: fall(of: setting)
      ) {
        Criterion(
          "accuracy",
          statistic: "least-squares slope from the accuracy's peak on, which the other "
            + "half of the seeds chose", .negative
        ) { slopes(after: $0[setting], \.accuracy) }
        Criterion(
          "curvature", statistic: "least-squares slope from that peak on", .negative
        ) { slopes(after: $0[setting], \.curvature) }
      },
      Claim(
        "guiroy2019/fig3-maml-characterization/support-loss-monotone",
        quoting: "across all settings involving MAML and First-Order MAML, this average meta-test "
          + "support loss decreases monotonically as meta-training progresses",
        at: "Section 5.1, Figure 3b",
        gate: .bestEpoch(of: settings) { $0[$1]?.map(\.accuracy) }
      ) {
        Criterion(
          "support loss", statistic: "least-squares slope over epochs, per seed", .negative
        ) { results in
          results[setting].map { found in
            found.map(\.supportLoss).slopes(over: found.values[0].epochs.map(Double.init))
          }
        }
      },
    ]
  }

  /// Accuracy falls by two points from the peak of the half of the seeds that chose it; the slopes
  /// are those of the other half.
  private static func fall(of setting: Setting) -> Gate<Grid<Setting, Characterization>> {
    Gate(
      "fall of accuracy after its peak", accuracyAtLeast: [setting.fullTitle: 0.02],
      lastQuarterGainsAtMost: 1
    ) { results in
      guard let found = results[setting], let peaks = peaks(of: found)?.values else { return [:] }
      // Neighbours are of different halves.
      let falls = found.values.indices.map { index in
        let accuracy = found.values[index].accuracy
        return accuracy[peaks[index > 0 ? index - 1 : 1]] - accuracy[accuracy.count - 1]
      }
      return [setting.fullTitle: ReferenceArm(PerSeed(seeds: found.seeds, values: falls))]
    }
  }

  private static func peaks(of found: PerSeed<Characterization>) -> PerSeed<Int>? {
    HeldOutPeak(
      of: found.map(\.accuracy), over: found.values[0].epochs.map(Double.init))?.peaks
  }

  private static func slopes(
    after found: PerSeed<Characterization>?, _ curve: (Characterization) -> [Double]
  ) -> PerSeed<Double>? {
    guard let found, let peaks = peaks(of: found) else { return nil }
    return found.paired(with: peaks).map { characterization, peak in
      let epochs = characterization.epochs[peak...].map(Double.init)
      // As where the peak is held out: after the last point nothing changes.
      return slope(of: Array(curve(characterization)[peak...]), over: epochs) ?? 0
    }
  }
}
