import Networks
import Tensors
import TestSupport
import Testing

struct LinearNetworkTests {
  static let deep = LinearNetwork(widths: [4, 6, 5, 3])

  private static func weights() -> Parameters<ShapedArray> {
    var numbers = TestNumbers(seed: 6)
    var weights = deep.initialWeights(using: &numbers)
    for name in weights.names where name.hasSuffix("bias") {
      weights[name] = numbers.array(weights[name].shape)
    }
    return weights
  }

  @Test(arguments: Precision.allCases)
  func theCollapsedNetworkSaysTheSame(precision: Precision) {
    var numbers = TestNumbers(seed: 7)
    let (weights, images) = (Self.weights(), numbers.array([7, 2, 2, 1]))
    let answers = precision.values(
      like: weights, images, at: (weights.leaves + [images]).map { $0.scalars.map(Double.init) }
    ) { (weights: Parameters<Tensor>, images: Tensor) in
      [Self.deep(images, weights), Self.deep.collapsed(images, Self.deep.collapse(weights))]
    }
    #expect(deviation([answers[1]], from: [answers[0]]) < (precision == .plan ? 1e-5 : 1e-12))
  }

  @Test func collapsingKeepsTheNamesOfTheShallowNetwork() {
    var numbers = TestNumbers(seed: 7)
    let shallow = Self.deep.collapsed.initialWeights(using: &numbers)
    let shapes = Precision.plan.values(like: Self.weights(), at: []) {
      (weights: Parameters<Tensor>) in
      let collapsed = Self.deep.collapse(weights)
      #expect(collapsed.names == shallow.names)
      #expect(collapsed.leaves.map(\.shape) == shallow.leaves.map(\.shape))
      return collapsed
    }
    #expect(shapes.count == 2)
  }

  @Test func withoutBiasesThereAreWeightsAlone() {
    var numbers = TestNumbers(seed: 7)
    let network = LinearNetwork(widths: [2, 3, 1], hasBias: false)
    let weights = network.initialWeights(using: &numbers)
    #expect(weights.names == ["head/linear1/weight", "head/weight"])
  }
}
