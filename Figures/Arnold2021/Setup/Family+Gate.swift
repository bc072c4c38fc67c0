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
    let levels = sets.map {
      (
        scope.title($0),
        Competence.halfway(from: 0.2, to: Method.null.paperAccuracy(self, on: $0) ?? 1)
      )
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
    return PerSeed<[Double]>(
      seeds: first.seeds,
      values: first.seeds.map { seed in
        let curves = depths.compactMap { $0.value(ofSeed: seed) }
        // A training that diverged has fewer epochs.
        return (0..<(curves.map(\.count).min() ?? 0)).map { epoch in
          curves.reduce(0) { $0 + $1[epoch] } / Double(curves.count)
        }
      })
  }
}

extension PerSeed<Accuracy> {
  fileprivate var learning: PerSeed<[Double]>? {
    let curves = values.compactMap(\.validation)
    return curves.count == count ? PerSeed<[Double]>(seeds: seeds, values: curves) : nil
  }
}
