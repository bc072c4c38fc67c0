import Measurements
import TestSupport
import Testing

struct MeanPairwiseProductTests {
  @Test func isTheMeanOverPairs() {
    var numbers = TestNumbers(seed: 1)
    let vectors = (0..<7).map { _ in (0..<5).map { _ in numbers.next(in: -1...2) } }
    func mean(_ vectors: [[Double]]) -> Double {
      var sum = 0.0
      for i in 0..<7 {
        for j in 0..<7 where i != j {
          sum += zip(vectors[i], vectors[j]).reduce(0) { $0 + $1.0 * $1.1 }
        }
      }
      return sum / 42
    }
    var (products, cosines) = (MeanPairwiseProduct(dimension: 5), MeanPairwiseProduct(dimension: 5))
    for vector in vectors {
      products.add(vector)
      cosines.add(directionOf: vector)
    }
    let directions = vectors.map { v in v.map { $0 / v.reduce(0) { $0 + $1 * $1 }.squareRoot() } }
    #expect(abs(products.value - mean(vectors)) < 1e-12)
    #expect(abs(cosines.value - mean(directions)) < 1e-12)
  }

  @Test(
    arguments: [
      ([[1, 2, 2], [2, 4, 4], [0.5, 1, 1]], 1.0),
      ([[1, 0, 0], [0, 3, 0], [0, 0, -5]], 0.0),
      ([[1, 0, 0], [-4, 0, 0]], -1.0),
      ([[1, 0, 0], [0, 0, 0]], 0.0),
      ([[1, 0, 0]], 0.0),
    ] as [([[Double]], Double)])
  func knowsParallelOrthogonalAndOpposite(vectors: [[Double]], expected: Double) {
    var mean = MeanPairwiseProduct(dimension: 3)
    for vector in vectors { mean.add(directionOf: vector) }
    #expect(abs(mean.value - expected) < 1e-12)
  }
}
