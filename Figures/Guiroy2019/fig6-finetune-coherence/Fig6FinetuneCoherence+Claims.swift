import Claims
import Experiments
import Guiroy2019Setup
import Measurements
import Reproduction
import Statistics

extension Fig6FinetuneCoherence {
  static func claims(_ scope: ClaimScope) -> [Claim<Grid<Arm, [TrajectorySummary]>>] {
    let settings = ImageExperiments.settings(on: Arm.sets, scope, Arm.panels(scope.budget))
    let gate = Gate<Grid<Arm, [TrajectorySummary]>>.bestEpoch(of: settings) {
      $0[Arm(setting: $1)]?.curves(\.accuracy)
    }
    return [
      Claim(
        "guiroy2019/fig6-finetune-coherence/near-orthogonal",
        quoting: "we also perform the analysis on the Finetuning baselines, which reach much lower "
          + "target accuracies, and where we see that [the coherence] remains much closer to zero, "
          + "meaning that trajectory directions are roughly orthogonal to each other",
        at: "Section 5.2, Figure 6a", gate: gate
      ) {
        for setting in settings {
          Criterion(
            "\(setting.fullTitle)",
            statistic: "coherence of finetuning minus a quarter of MAML's, means over the last "
              + "half of the epochs", .negative
          ) { (results: Grid<Arm, [TrajectorySummary]>) -> PerSeed<Double>? in
            guard let maml = results[Arm(setting: setting)]?.map(Self.lateCoherence),
              let baseline = results[Self.baseline(of: setting)]?.map(Self.lateCoherence)
            else { return nil }
            return baseline - maml.map { $0 / 4 }
          }
        }
      },
      Claim(
        "guiroy2019/fig6-finetune-coherence/norm-grows",
        quoting: "[the average meta-test trajectory norm] grows as meta-training progresses when f "
          + "is meta-trained with MAML, as opposed to the Finetune baseline",
        at: "Section 5.2, Figure 6c, d", gate: gate
      ) {
        for setting in settings {
          Criterion(
            "\(setting.fullTitle), MAML",
            statistic: "least-squares slope of the length over epochs, per seed", .positive
          ) { (results: Grid<Arm, [TrajectorySummary]>) -> PerSeed<Double>? in
            results[Arm(setting: setting)].map { found in
              found.curves(\.length).slopes(over: found.epochs.map(Double.init))
            }
          }
          Criterion(
            "\(setting.fullTitle), finetuning",
            statistic: "change of finetuning's length from the first epoch to the last, as a share "
              + "of the mean change of MAML's", .equivalent(margin: 0.1)
          ) { (results: Grid<Arm, [TrajectorySummary]>) -> PerSeed<Double>? in
            guard let maml = results[Arm(setting: setting)]?.map(Self.growth),
              let baseline = results[Self.baseline(of: setting)]?.map(Self.growth)
            else { return nil }
            return baseline.map { $0 / abs(maml.mean) }
          }
        }
      },
    ]
  }

  /// The baseline with a setting's episodes.
  private static func baseline(of setting: Setting) -> Arm {
    var own = setting
    own.order = .first
    return Arm(setting: own, isBaseline: true)
  }

  private static func lateCoherence(_ epochs: [TrajectorySummary]) -> Double {
    let late = epochs.suffix((epochs.count + 1) / 2)
    return late.reduce(0) { $0 + $1.coherence } / Double(late.count)
  }

  private static func growth(_ epochs: [TrajectorySummary]) -> Double {
    epochs[epochs.count - 1].length - epochs[0].length
  }
}
