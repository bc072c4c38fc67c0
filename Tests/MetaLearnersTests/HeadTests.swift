import Episodes
import MetaLearners
import Tensors
import TestSupport
import Testing

/// What heads must do, and how they are related to simpler things.
struct HeadTests {
  private static let support = features(perClass: 4, seed: 1)
  private static let query = features(perClass: 3, seed: 2)

  private static func features(perClass: Int, ways: Int = 3, seed: UInt64) -> Batch<DoubleArray> {
    var numbers = TestNumbers(seed: seed)
    let count = ways * perClass
    return Batch(
      inputs: DoubleArray(
        shape: [count, 6],
        values: (0..<count * 6).map { place in
          numbers.next(in: -1...1) + (place / 6 / perClass == place % 6 ? 1 : 0)
        }),
      targets: DoubleArray(
        shape: [count, ways],
        values: (0..<count * ways).map { $0 / ways / perClass == $0 % ways ? 1 : 0 }))
  }

  private func values(
    _ query: DoubleArray = query.inputs, _ support: Batch<DoubleArray> = support,
    of body: (Tensor, Batch<Tensor>) -> Tensor
  ) -> [Double] {
    Precision.reference.values(
      like: query.single, support.single, at: [query.values] + support.leaves
    ) { (query: Tensor, support: Batch<Tensor>) in [body(query, support)] }[0]
  }

  @Test func aHugeRidgePointsAlongClassPrototypes() {
    let ridge = 1e9
    let scores = values { RidgeRegression(ridge: ridge).scores(for: $0, after: $1) }
    let products = values { query, support in
      let shots = support.targets.summed(along: 0).reshaped(to: [3, 1])
      let prototypes = support.targets.transposed().matmul(support.inputs) / shots
      return query.matmul(prototypes.transposed())
    }
    // λW → XᵀY, which is the number of shots times the prototypes.
    #expect(deviation([scores.map { $0 * ridge / 4 }], from: [products]) < 1e-7)
  }

  @Test func ridgeRegressionMinimisesItsLoss() {
    let slope = values { _, support in
      let head = RidgeRegression(ridge: 0.7)
      let x = support.inputs
      // The scores of the unit vectors are the weights.
      let weights = head.scores(for: x.identity(6), after: support).asVariable()
      let loss =
        (x.matmul(weights) - support.targets).squared().summed()
        + 0.7 * weights.squared().summed()
      return gradient(of: loss, withRespectTo: [weights])[0]
    }
    #expect(slope.allSatisfy { abs($0) < 1e-12 })
  }

  @Test func prototypesOfOneShotAreTheExamples() {
    let support = Self.features(perClass: 1, seed: 4)
    let scores = values(Self.query.inputs, support) { Prototypes().scores(for: $0, after: $1) }
    for (place, score) in scores.enumerated() {
      let distance = (0..<6).reduce(0.0) { sum, feature in
        let difference =
          Self.query.inputs.values[place / 3 * 6 + feature]
          - support.inputs.values[place % 3 * 6 + feature]
        return sum + difference * difference
      }
      #expect(abs(score + distance / 6) < 1e-12)
    }
  }

  /// With two examples there are two unknowns, a = α₁₁ and b = α₂₂: each row is (a, −a) or (−b, b),
  /// and a² h₁₁ − 2ab h₁₂ + b² h₂₂ − a − b is smallest where its slopes vanish, or at the bound.
  @Test(arguments: [10.0, 0.02])
  func twoExamplesHaveAClosedForm(cost: Double) {
    let support = Self.features(perClass: 1, ways: 2, seed: 6)
    let x = support.inputs.values
    func kernel(_ i: Int, _ j: Int) -> Double {
      (0..<6).reduce(i == j ? 0.5 : 0) { $0 + x[i * 6 + $1] * x[j * 6 + $1] }
    }
    let (h11, h12, h22) = (kernel(0, 0), kernel(0, 1), kernel(1, 1))
    let determinant = h11 * h22 - h12 * h12
    var (a, b) = ((h22 + h12) / (2 * determinant), (h11 + h12) / (2 * determinant))
    if cost == 0.02 {
      #expect(a > cost && b > cost)
      (a, b) = (cost, cost)
    } else {
      #expect(0..<cost ~= a && 0..<cost ~= b)
    }
    let found = values(Self.query.inputs, support) {
      SupportVectorMachine(cost: cost, diagonal: 0.5).duals(of: $1)
    }
    #expect(deviation([found], from: [[a, -a, -b, b]]) < 1e-12)
  }

  /// The maximum margin: with a small ε and no bound in reach, w₁ − w₂ of two examples is parallel
  /// to their difference once both are as far from the origin.
  @Test func theMarginIsLargestAlongTheDifference() {
    let support = Batch(
      inputs: DoubleArray(shape: [2, 2], values: [3, 4, 5, 0]),
      targets: DoubleArray(shape: [2, 2], values: [1, 0, 0, 1]))
    let units = DoubleArray(shape: [2, 2], values: [1, 0, 0, 1])
    let weights = values(units, support) {
      SupportVectorMachine(cost: 100, diagonal: 1e-6).scores(for: $0, after: $1)
    }
    let (w1, w2) = ([weights[0], weights[2]], [weights[1], weights[3]])
    let normal = [w1[0] - w2[0], w1[1] - w2[1]]
    // Its difference is (2, −4), seen from the second class.
    let across = 2 * normal[0] + normal[1]
    #expect(abs(across) < 1e-9)
    #expect(normal[0] < 0)
  }

  private static let heads: [any Head] = [
    Prototypes(), RidgeRegression(ridge: 0.5), SupportVectorMachine(),
  ]

  @Test(arguments: heads.indices)
  func theOrderOfExamplesDoesNotMatter(index: Int) {
    let head = Self.heads[index]
    let turned = Batch(
      inputs: Self.support.inputs.reversed, targets: Self.support.targets.reversed)
    let scores = values { head.scores(for: $0, after: $1) }
    let again = values(Self.query.inputs, turned) { head.scores(for: $0, after: $1) }
    #expect(deviation([again], from: [scores]) < 1e-10)
  }
}

extension DoubleArray {
  /// The rows in reverse order.
  fileprivate var reversed: DoubleArray {
    let columns = shape[1]
    return DoubleArray(
      shape: shape,
      values: (0..<shape[0]).reversed().flatMap { values[$0 * columns..<($0 + 1) * columns] })
  }
}
