import Claims
import CommonSetup
import DataSets
import Statistics

extension Setting {
  /// Whether these are characters: Omniglot or its stand-in.
  var isOfCharacters: Bool {
    [ImageSet.omniglot.title, ImageSet.omniglot.standIn].contains(images)
  }

  /// The accuracy of MAML that Finn et al.
  ///
  /// (2017, Table 1) report, whose settings the paper has.
  var accuracyOfFinn: Double {
    switch (isOfCharacters, form.ways, form.shots) {
    case (true, 5, 1): 0.987
    case (true, 5, _): 0.999
    case (true, _, 1): 0.958
    case (true, _, _): 0.989
    case (false, _, 1): 0.487
    case (false, _, _): 0.631
    }
  }

  /// What MAML must reach before a claim on the setting is judged.
  var competence: Double {
    Competence.halfway(from: 1 / Double(form.ways), to: accuracyOfFinn)
  }
}

extension Gate {
  /// Half of what MAML gains over chance in the code of Finn et al., at the epoch that is best on the
  /// mean.
  package static func bestEpoch(
    of settings: [Setting], _ curve: @escaping @Sendable (Results, Setting) -> PerSeed<[Double]>?
  ) -> Gate {
    Gate(
      "MAML at its best epoch",
      accuracyAtLeast: Dictionary(
        uniqueKeysWithValues: settings.map { ($0.fullTitle, $0.competence) }),
      lastQuarterGainsAtMost: Competence.lastQuarterGain
    ) { results in
      Dictionary(
        uniqueKeysWithValues: settings.compactMap { setting in
          curve(results, setting).map { (setting.fullTitle, ReferenceArm(atBestPoint: $0)) }
        })
    }
  }

  /// Half of what finetuning gains over chance at one shot in Finn et al.
  ///
  /// (2017, Table 1: 28.86 %).
  package static func baseline(
    _ setting: Setting, _ curve: @escaping @Sendable (Results) -> PerSeed<[Double]>?
  ) -> Gate {
    Gate(
      "finetuning at its best epoch",
      accuracyAtLeast: [
        setting.title: Competence.halfway(from: 1 / Double(setting.form.ways), to: 0.2886)
      ], lastQuarterGainsAtMost: Competence.lastQuarterGain
    ) { results in
      curve(results).map { [setting.title: ReferenceArm(atBestPoint: $0)] } ?? [:]
    }
  }
}

extension ReferenceArm {
  /// The values where a curve is highest on the mean.
  fileprivate init(atBestPoint curve: PerSeed<[Double]>) {
    let means = (0..<curve.length).map { curve.point($0).mean }
    let best = means.indices.max { means[$0] < means[$1] } ?? 0
    self.init(curve.point(best), curve: curve)
  }
}
