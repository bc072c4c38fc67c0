import Tensors
import TestSupport
import Testing

@testable import Execution

/// What is computed again on the way back has the same values, and takes less memory.
struct RecomputationTests {
  private static let widths = [2, 16, 16, 1]

  /// A small network on many rows, its weights being all tensors but the first.
  private static func outputs(_ rows: Tensor, _ x: [Tensor], inPartsOf count: Int) -> Tensor {
    rows.mappingRows(inPartsOf: count) { part in
      x.dropFirst().reduce(part) { $0.matmul($1).tanh() }
    }
  }

  /// What an outer loop needs: the slope after some steps to which the network has added.
  private static func slopes(inPartsOf count: Int) -> ([Tensor]) -> [Tensor] {
    { x in
      let end = (0..<3).reduce(x[0]) { rows, _ in rows + outputs(rows, x, inPartsOf: count) }
      return gradient(of: end.squared().summed(), withRespectTo: x)
    }
  }

  /// The slope of outputs on rows that have been moved along a slope of theirs.
  private static func secondSlopes(inPartsOf count: Int) -> ([Tensor]) -> [Tensor] {
    { x in
      let first = gradient(
        of: outputs(x[0], x, inPartsOf: count).squared().summed(), withRespectTo: x)
      let moved = outputs(x[0] - 0.1 * first[0], x, inPartsOf: count)
      return gradient(of: moved.squared().summed(), withRespectTo: x)
    }
  }

  private static func arguments(rows: Int) -> [ShapedArray] {
    var numbers = TestNumbers(seed: 3)
    return [numbers.array([rows, widths[0]])]
      + zip(widths, widths.dropFirst()).map { numbers.array([$0, $1], in: -0.5...0.5) }
  }

  @Test(arguments: [1, 7, 16, 40], Precision.allCases)
  func partsChangeNoDerivative(count: Int, precision: Precision) {
    let x = Self.arguments(rows: 40)
    let leaves = x.map { $0.scalars.map(Double.init) }
    for slopes in [Self.slopes, Self.secondSlopes] {
      let found = precision.values(like: x, at: leaves, of: slopes(count))
      let whole = Precision.reference.values(like: x, at: leaves, of: slopes(40))
      #expect(deviation(found, from: whole) < (precision == .plan ? 1e-5 : 1e-13))
    }
  }

  @Test(arguments: [Plan.Sharing.never, .always])
  func partsNeedLessMemory(shared: Plan.Sharing) {
    let x = Self.arguments(rows: 4_000)
    let whole = Program(like: x, shared: shared, tracing: Self.slopes(inPartsOf: 4_000)).plan
    let parts = Program(like: x, shared: shared, tracing: Self.slopes(inPartsOf: 250)).plan
    #expect(parts.arenaBytes < whole.arenaBytes / 3)
    // A forward pass more for each backward one.
    #expect(parts.floatingPointOperations < 1.4 * whole.floatingPointOperations)
  }

  /// Slices that lie side by side have gradients that do, and no sum of mostly zeros.
  @Test func gradientsOfSlicesAreNotAdded() {
    let x = ShapedArray.zeros([6, 2])
    let plan = Program(like: x) { (x: Tensor) in
      let parts = [4, 0, 2].map { first in x.sliced(first..<first + 2, along: 0).exp().summed() }
      return gradient(of: parts[0] + parts[1] + parts[2], withRespectTo: [x])[0]
    }.plan
    #expect(!plan.descriptions.contains { $0.operation == "pad" })
  }
}
