import DataSets
import Claims
import CommonSetup
import Statistics

extension World {
  /// What trainings must reach with one shot before a claim on features is judged: half of what those of
  /// the narrower of the paper's networks, that of R2-D2, gain over chance in Table 3.
  ///
  /// - Parameters:
  ///   - scope: What the claim is made about.
  ///   - sets: The data sets.
  ///   - comparesMetaLearning: Whether meta-learned extractors must be competent as well as classical
  ///     ones, since the claim compares both.
  ///   - accuracy: What an extractor reached.
  /// - Returns: The gate.
  package func gate<Results: Sendable>(
    _ scope: ClaimScope, on sets: [ImageSet] = World.sets, comparesMetaLearning: Bool,
    accuracy: @escaping @Sendable (Results, Extractor) -> PerSeed<Double>?
  ) -> Gate<Results> {
    let classical: PerSet<Double> = [.miniImageNet: 0.4839, .cifarFS: 0.629]
    let metaLearned: PerSet<Double> = [.miniImageNet: 0.518, .cifarFS: 0.653]
    @Sendable func name(_ extractor: Extractor) -> String {
      let place = "\(scope.title(extractor.set)), \(extractor.network.title)"
      return extractor.routine.isMetaLearned ? "\(place), \(extractor.routine.title)" : place
    }
    let gated = extractors.filter {
      sets.contains($0.set)
        && ($0.routine == .classical || comparesMetaLearning && $0.routine.isMetaLearned)
    }
    return Gate(
      comparesMetaLearning
        ? "classical training and meta-learning, 1-shot" : "classical training, 1-shot",
      accuracyAtLeast: Dictionary(
        uniqueKeysWithValues: gated.map {
          let paper = $0.routine.isMetaLearned ? metaLearned : classical
          return (name($0), Competence.halfway(from: 0.2, to: paper[$0.set]))
        }), lastQuarterGainsAtMost: Competence.lastQuarterGain
    ) { results in
      Dictionary(
        uniqueKeysWithValues: gated.compactMap { extractor in
          accuracy(results, extractor).map { (name(extractor), ReferenceArm($0)) }
        })
    }
  }
}
