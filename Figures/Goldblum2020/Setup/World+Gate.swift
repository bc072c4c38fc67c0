import DataSets
import Claims
import CommonSetup
import Statistics

extension World {
  /// What classical training must reach with one shot before a claim on features is judged: half of
  /// what the narrower of the paper's networks, that of R2-D2, gains over chance in Table 3.
  package func gate<Results: Sendable>(
    _ scope: ClaimScope, on sets: [ImageSet] = World.sets,
    accuracy: @escaping @Sendable (Results, Extractor) -> PerSeed<Double>?
  ) -> Gate<Results> {
    let paper: PerSet<Double> = [.miniImageNet: 0.4839, .cifarFS: 0.629]
    @Sendable func name(_ set: ImageSet, _ network: Extractor.Network) -> String {
      "\(scope.title(set)), \(network.title)"
    }
    let places = networks.flatMap { network in sets.map { (set: $0, network: network) } }
    return Gate(
      "classical training, 1-shot",
      accuracyAtLeast: Dictionary(
        uniqueKeysWithValues: places.map {
          (name($0.set, $0.network), Competence.halfway(from: 0.2, to: paper[$0.set]))
        }), lastQuarterGainsAtMost: Competence.lastQuarterGain
    ) { results in
      Dictionary(
        uniqueKeysWithValues: places.compactMap { place in
          accuracy(results, Extractor(place.set, place.network, .classical))
            .map { (name(place.set, place.network), ReferenceArm($0)) }
        })
    }
  }
}
