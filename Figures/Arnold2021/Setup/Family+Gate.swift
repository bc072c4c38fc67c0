import Claims
import CommonSetup
import DataSets
import Statistics

extension Family {
  /// What plain MAML or ANIL must reach on CNN(2), or averaged over depths, before a claim on what
  /// helps it is judged: half of what it gains over chance in Tables 3 and B.4.
  package func gate(
    on sets: [ImageSet], _ scope: ClaimScope, overDepths: Bool = false
  ) -> Gate<AccuracyResults> {
    let levels = sets.map {
      (scope.title($0), Competence.halfway(from: 0.2, to: plainAccuracy[$0]))
    }
    return Gate(
      "\(Method.null.title(self)), " + (overDepths ? "mean over depths" : "CNN(2)"),
      accuracyAtLeast: Dictionary(uniqueKeysWithValues: levels),
      lastQuarterGainsAtMost: Competence.lastQuarterGain
    ) { results in
      Dictionary(
        uniqueKeysWithValues: sets.compactMap { set in
          let depths = overDepths ? results.found.depths : [2]
          let plain = depths.compactMap { results.found[Variant(set, .null, depth: $0)] }
          guard let accuracy = PerSeed.mean(of: plain.map { $0.map(\.accuracy) }) else {
            return nil
          }
          return (scope.title(set), ReferenceArm(accuracy, curve: plain.first?.learning))
        })
    }
  }

  /// What the paper's plain learner reaches on CNN(2).
  package var plainAccuracy: PerSet<Double> {
    self == .maml
      ? [.omniglot: 0.666, .cifarFS: 0.622, .miniImageNet: 0.526]
      : [.omniglot: 0.91, .cifarFS: 0.661, .miniImageNet: 0.5642]
  }
}

extension PerSeed<Accuracy> {
  /// The accuracy on validation classes after every epoch, where they choose one.
  fileprivate var learning: PerSeed<[Double]>? {
    let curves = values.compactMap(\.validation)
    return curves.count == count ? PerSeed<[Double]>(seeds: seeds, values: curves) : nil
  }
}
