import Execution
import TestSupport
import Testing

@testable import Tensors

@Suite("Every operation's derivatives against central differences, in double precision")
struct CalculusTests {
  @Test(arguments: OpCase.all)
  func firstDerivative(_ row: OpCase) { check(row, order: 1) }

  @Test(arguments: OpCase.all)
  func secondDerivative(_ row: OpCase) { check(row, order: 2) }

  /// Compares the derivative along a random direction with a fourth-order central difference.
  private func check(_ row: OpCase, order: Int) {
    let examples = row.shapes.map { ShapedArray.zeros($0) }
    let function = Reference(like: examples) { (x: [Tensor]) in row.directional(x, order: order - 1)
    }
    let derivative = Reference(like: examples) { (x: [Tensor]) in row.directional(x, order: order) }
    let x = row.arguments()
    let direction = x.indices.map { leaf in
      x[leaf].indices.map { OpCase.weight($0, leaf, order) }
    }
    func value(_ t: Double) -> Double {
      function(zip(x, direction).map { zip($0, $1).map { $0 + t * $1 } })[0][0]
    }
    let h = 2e-3
    let near = value(h) - value(-h)
    let far = value(2 * h) - value(-2 * h)
    let difference = (8 * near - far) / (12 * h)
    let exact = derivative(x)[0][0]
    let scale = max(abs(exact), abs(difference), 1e-2)
    #expect(abs(exact - difference) / scale < 1e-6, "\(row.name): \(exact) and \(difference)")
  }
}

extension OpCase {
  /// Σ r · f(x), or its derivative of the given order along fixed directions.
  func directional(_ x: [Tensor], order: Int) -> Tensor {
    if order == 0 {
      let y = body(x)
      return (y * OpCase.weights(like: y, 7, 0)).summed()
    }
    let gradients = gradient(of: directional(x, order: order - 1), withRespectTo: x)
    let terms = gradients.indices.map { leaf in
      (gradients[leaf] * OpCase.weights(like: gradients[leaf], leaf, order)).summed()
    }
    return terms.dropFirst().reduce(terms[0], +)
  }

  static func weight(_ index: Int, _ leaf: Int, _ order: Int) -> Double {
    let mixed = index * 7 + leaf * 5 + order * 3
    return Double(mixed % 11) / 11 - 0.4
  }

  static func weights(like y: Tensor, _ leaf: Int, _ order: Int) -> Tensor {
    let numbers: [Tensor] = (0..<y.shape.count).map { index in
      y.scalar(weight(index, leaf, order)).reshaped(to: [1])
    }
    return Tensor.concatenated(numbers, along: 0).reshaped(to: y.shape)
  }
}
