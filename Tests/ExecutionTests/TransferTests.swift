import TestSupport
import Tensors
import Testing

@testable import Execution

@Suite("Arguments and results of a shared replay")
struct TransferTests {
  /// Each way in which a result can come about: an argument itself, what depends on fixed arguments
  /// alone, twice the same, another name for a value, a number, no number at all.
  private func body(_ fixed: [Tensor], _ x: [Tensor]) -> [Tensor] {
    let constant = fixed[0].matmul(fixed[1])
    let product = constant.matmul(x[0])
    return [
      fixed[0], x[0], constant, product, product, product.reshaped(to: [product.shape.count]),
      (product + x[1]).summed(), x[0].constant(2), x[2], x[2].tanh(),
    ]
  }

  @Test(arguments: 1...3)
  func anyValueCanBeAResult(_ workers: Int) {
    var numbers = TestNumbers(seed: 11)
    // More than one part each, and the last one smaller.
    let shape: Shape = [100, 100]
    let fixed = [numbers.array(shape), numbers.array(shape)]
    let arguments = (0..<3).map { _ in [numbers.array(shape), numbers.array([100]), .zeros([0])] }
    let plain = Program(like: fixed, arguments[0], tracing: body)
    let shared = Program(like: fixed, arguments[0], shared: .always, fixing: 1, tracing: body)
    let arena = shared.makeArena(workers: workers)
    for (number, x) in arguments.enumerated() {
      let expected = plain(fixed, x, in: plain.makeArena())
      let got = shared(fixed, x, in: arena, reusingFixed: number > 0)
      #expect(got.count == expected.count)
      for (a, b) in zip(got, expected) {
        let scale = b.scalars.map(abs).max() ?? 0
        let isSame = zip(a.scalars, b.scalars).allSatisfy { abs($0 - $1) <= 1e-5 * scale }
        #expect(a.shape == b.shape && isSame)
      }
    }
  }

  @Test func copiesAreSteps() {
    let program = SmallHessian.product(shared: .always, fixing: 1)
    let plan = program.plan
    let copies = plan.steps.indices.filter { plan.descriptions[$0].operation == "copy" }
    func count(_ label: String) -> Int { copies.count { plan.descriptions[$0].label == label } }
    #expect(count("results") == plan.results.count)
    #expect(count("arguments") == plan.inputs.count { $0?.offset != nil })
    let fixed = copies.filter { $0 < plan.firstVaryingStep }
    #expect(!fixed.isEmpty && fixed.count < count("arguments"))
    let whole = SmallHessian.product().plan.descriptions
    #expect(!whole.contains { $0.operation == "copy" })
  }
}
