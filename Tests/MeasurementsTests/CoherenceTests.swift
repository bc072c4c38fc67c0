import Episodes
import Measurements
import MetaLearners
import Networks
import Tensors
import TestSupport
import Testing

/// Both coherences and the trajectory's length against an independent implementation in JAX.
struct CoherenceTests {
  @Test(arguments: Precision.allCases)
  func coherencesAgree(precision: Precision) throws {
    for fixture in try Fixture.cases("coherence") {
      let meta = fixture["weights"].parameters(fixture.names).scoped("model")
      let learner = MAML(
        fixture["network"].convolutionalNetwork, rate: fixture["innerRate"].number,
        steps: fixture["steps"].int)
      let dimension = meta.values.reduce(0) { $0 + $1.count }
      var directions = MeanPairwiseProduct(dimension: dimension)
      var gradients = MeanPairwiseProduct(dimension: dimension)
      for (number, episode) in fixture["episodes"].list.enumerated() {
        let support = episode["support"].batch(ways: 3)
        let found = precision.values(
          like: meta.single, support.single, at: meta.values + support.leaves
        ) { (meta: Parameters<Tensor>, support: Batch<Tensor>) in
          let adaptation = learner.adaptation(to: support, from: meta)
          let start = adaptation.trajectory[0]
          return Pair(
            adaptation.displacement,
            gradient(of: learner.loss(on: support, start), withRespectTo: start))
        }
        let displacement = Array(found.prefix(meta.names.count).joined())
        directions.add(directionOf: displacement)
        gradients.add(Array(found.dropFirst(meta.names.count).joined()))
        let norm = fixture["trajectoryNorms"].list[number].number
        let length = displacement.reduce(0) { $0 + $1 * $1 }.squareRoot()
        #expect(abs(length / norm - 1) < precision.tolerance)
      }
      let coherence = fixture["trajectoryCoherence"].number
      #expect(abs(directions.value - coherence) < precision.tolerance)
      let inner = fixture["gradientCoherence"].number
      #expect(abs(gradients.value - inner) < precision.tolerance * abs(inner))
    }
  }
}
