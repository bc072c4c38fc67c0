import Tensors
import TestSupport

@testable import Execution

/// Products with the Hessian of a small convolutional network.
enum SmallHessian {
  typealias Product = Program<[Tensor], [Tensor], [Tensor]>

  /// The images and the weights, then three directions.
  private static let arguments: (x: [ShapedArray], directions: [[ShapedArray]]) = {
    var numbers = TestNumbers(seed: 3)
    let shapes: [Shape] = [[4, 9, 9, 3], [3, 3, 3, 32], [32], [3, 3, 32, 32], [32 * 9, 5]]
    let x = shapes.map { numbers.array($0) }
    return (x, (0..<3).map { _ in shapes.dropFirst().map { numbers.array($0) } })
  }()

  static var x: [ShapedArray] { arguments.x }
  static var directions: [[ShapedArray]] { arguments.directions }

  static func product(shared: Plan.Sharing = .never, fixing: Int = 0) -> Product {
    Program(like: x, directions[0], shared: shared, fixing: fixing) {
      (x: [Tensor], v: [Tensor]) in
      var y = x[0].convolved(with: x[1], stride: 1, padding: 1)
      y = (y - y.mean(along: 0, 1, 2, keepingAxes: true)) * x[2]
      y = y.softplus().convolved(with: x[3], stride: 2, padding: 1).tanh().maxPooled(side: 2)
      let logits = y.flattened(from: 1).padded(before: 0, after: 160, along: 1).matmul(x[4])
      let loss = logits.logSumExp(along: 1).mean()
      let weights = Array(x[1...])
      let slope = gradient(of: loss, withRespectTo: weights)
      let product = zip(slope, v).map { $0.dot($1) }
      return gradient(of: product.dropFirst().reduce(product[0], +), withRespectTo: weights)
    }
  }
}
