import Claims
import CommonSetup
import DataSets
import Statistics

extension Family {
  /// What plain MAML or ANIL must reach on CNN(2), or averaged over depths, before a claim on what
  /// helps it is judged: half of what it gains over chance in Tables 3 and B.4.
  ///
  /// The methods that the claim is about must have come to the end of their learning, too.
  package func gate(
    of methods: [Method], on sets: [ImageSet], _ scope: ClaimScope, overDepths: Bool = false
  ) -> Gate<AccuracyResults> {
    @Sendable func arms(
      _ method: Method, on set: ImageSet, in results: AccuracyResults
    ) -> [PerSeed<Accuracy>] {
      (overDepths ? results.found.depths : [2]).compactMap {
        results.found[Variant(set, method, depth: $0)]
      }
    }
    // Data without a level cannot pass.
    let levels = sets.compactMap { set in
      Method.null.paperAccuracy(self, on: set).map {
        (scope.title(set), Competence.halfway(from: 0.2, to: $0))
      }
    }
    return Gate(
      "\(Method.null.title(self)), " + (overDepths ? "mean over depths" : "CNN(2)"),
      accuracyAtLeast: Dictionary(uniqueKeysWithValues: levels),
      lastQuarterGainsAtMost: Competence.lastQuarterGain,
      compared: { results in
        Dictionary(
          uniqueKeysWithValues: sets.flatMap { set in
            methods.compactMap { method in
              arms(method, on: set, in: results).learning.map {
                ("\(method.title(self)) on \(scope.title(set))", $0)
              }
            }
          })
      }
    ) { results in
      Dictionary(
        uniqueKeysWithValues: sets.compactMap { set in
          let plain = arms(.null, on: set, in: results)
          guard let accuracy = PerSeed.mean(of: plain.map { $0.map(\.accuracy) }) else {
            return nil
          }
          return (scope.title(set), ReferenceArm(accuracy, curve: plain.learning))
        })
    }
  }
}

extension [PerSeed<Accuracy>] {
  /// The accuracy on validation classes after every epoch, where they choose one; the mean over depths.
  fileprivate var learning: PerSeed<[Double]>? {
    let depths = compactMap(\.learning)
    guard let first = depths.first, depths.count == count else { return nil }
    let seeds = first.seeds
    let means = seeds.compactMap { seed -> [Double]? in
      let curves = depths.compactMap { $0.value(ofSeed: seed) }.filter { !$0.isEmpty }
      guard curves.count == count, let length = curves.map(\.count).max() else { return nil }
      // A training that diverged has fewer epochs, and counts as what it had come to.
      return (0..<length).map { epoch in
        curves.reduce(0) { $0 + $1[Swift.min(epoch, $1.count - 1)] } / Double(count)
      }
    }
    return means.count == seeds.count ? PerSeed<[Double]>(seeds: seeds, values: means) : nil
  }
}

extension PerSeed<Accuracy> {
  fileprivate var learning: PerSeed<[Double]>? {
    let curves = values.compactMap(\.validation)
    return curves.count == count ? PerSeed<[Double]>(seeds: seeds, values: curves) : nil
  }
}
