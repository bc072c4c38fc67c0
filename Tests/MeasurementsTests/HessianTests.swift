import Episodes
import Measurements
import MetaLearners
import Networks
import Tensors
import TestSupport
import Testing

/// Hessian-vector products and curvature against an independent implementation in JAX.
struct HessianTests {
  private func loss(_ fixture: Fixture, _ batch: Batch<Tensor>, _ weights: Parameters<Tensor>)
    -> Tensor
  {
    let network = fixture["network"]
    if fixture["name"].text.hasPrefix("mlp") {
      return meanSquaredError(network.perceptron(batch.inputs, weights), batch.targets)
    }
    return crossEntropy(network.convolutionalNetwork(batch.inputs, weights), batch.targets)
  }

  @Test(arguments: Precision.allCases)
  func productsAgree(precision: Precision) throws {
    for fixture in try Fixture.cases("hvp") {
      let weights = fixture["weights"].parameters(fixture.names)
      let vector = fixture["vector"].parameters(fixture.names)
      let support = fixture["support"].batch(ways: 3)
      let found = precision.values(
        like: weights.single, vector.single, support.single,
        at: weights.values + vector.values + support.leaves
      ) { (weights: Parameters<Tensor>, vector: Parameters<Tensor>, support: Batch<Tensor>) in
        hessianProduct(
          of: loss(fixture, support, weights), withRespectTo: weights, along: vector)
      }
      let expected = fixture["product"].parameters(fixture.names).values
      #expect(deviation(found, from: expected) < precision.tolerance, "\(fixture["name"].text)")
    }
  }

  @Test func lanczosFindsTheSpectralNorm() throws {
    for fixture in try Fixture.cases("hvp") {
      let weights = fixture["weights"].parameters(fixture.names)
      let support = fixture["support"].batch(ways: 3)
      var numbers = TestNumbers(seed: 6)
      let start = weights.values.joined().map { _ in numbers.next(in: -1...1) }
      let found = Lanczos(tolerance: 1e-12).extremes(from: start) { vector in
        var place = 0
        let parts = weights.values.map { leaf in
          defer { place += leaf.count }
          return Array(vector[place..<place + leaf.count])
        }
        return Precision.reference.values(
          like: weights.single, weights.single, support.single,
          at: weights.values + parts + support.leaves
        ) { (weights: Parameters<Tensor>, vector: Parameters<Tensor>, support: Batch<Tensor>) in
          hessianProduct(
            of: loss(fixture, support, weights), withRespectTo: weights, along: vector)
        }.flatMap { $0 }
      }
      let expected = fixture["spectralNorm"].number
      #expect(abs(found.norm - expected) < 1e-9 * expected, "\(fixture["name"].text)")
    }
  }
}
