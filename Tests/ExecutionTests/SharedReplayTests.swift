import TestSupport
import Tensors
import Testing

@testable import Execution

@Suite("Replays by several workers, and replays with fixed arguments")
struct SharedReplayTests {
  private let x = SmallHessian.x
  private let directions = SmallHessian.directions

  private func hessian(shared: Plan.Sharing = .never, fixing: Int = 0) -> SmallHessian.Product {
    SmallHessian.product(shared: shared, fixing: fixing)
  }

  @Test func bitsDoNotDependOnTheNumberOfWorkers() {
    let program = hessian(shared: .always)
    let alone = program(x, directions[0], in: program.makeArena())
    for workers in 2...4 {
      let arena = program.makeArena(workers: workers)
      for _ in 0..<20 { #expect(program(x, directions[0], in: arena) == alone) }
    }
  }

  @Test func sharingChangesRoundingOnly() {
    let (whole, shared) = (hessian(), hessian(shared: .always))
    let a = whole(x, directions[0], in: whole.makeArena())
    let b = shared(x, directions[0], in: shared.makeArena())
    for (a, b) in zip(a, b) {
      let scale = a.scalars.map(abs).max() ?? 0
      #expect(zip(a.scalars, b.scalars).allSatisfy { abs($0 - $1) <= 1e-4 * max(scale, 1e-3) })
    }
  }

  @Test(arguments: [1, 2])
  func fixedArgumentsAreComputedOnce(_ workers: Int) {
    let plain = hessian(shared: .always)
    let program = hessian(shared: .always, fixing: 1)
    #expect(program.plan.firstVaryingStep > 5)
    #expect(program.plan.firstVaryingStep < program.plan.stepCount)
    let arena = program.makeArena(workers: workers)
    for (number, direction) in directions.enumerated() {
      let got = program(x, direction, in: arena, reusingFixed: number > 0)
      let expected = plain(x, direction, in: plain.makeArena())
      for (a, b) in zip(got, expected) {
        let scale = b.scalars.map(abs).max() ?? 0
        #expect(zip(a.scalars, b.scalars).allSatisfy { abs($0 - $1) <= 1e-5 * max(scale, 1e-3) })
      }
    }
  }

  /// Some of its steps add up part by part, in order.
  @Test func aPlanThatIsNotSharedHasOneWorker() {
    #expect(hessian().makeArena(workers: 3).workers == 1)
    #expect(hessian(shared: .always).makeArena(workers: 3).workers == 3)
  }

  @Test func sumsOfFixedProductsStayTogether() {
    var numbers = TestNumbers(seed: 5)
    let fixed = [numbers.array([8, 8]), numbers.array([8, 8]), numbers.array([8, 8])]
    let directions = (0..<3).map { _ in [numbers.array([8, 8])] }
    func body(_ x: [Tensor], _ v: [Tensor]) -> [Tensor] {
      [x[0].matmul(v[0]) + (x[0].matmul(x[1]) + x[0].matmul(x[2]))]
    }
    let plain = Program(like: fixed, directions[0], tracing: body)
    let program = Program(like: fixed, directions[0], fixing: 1, tracing: body)
    let arena = program.makeArena()
    for (number, direction) in directions.enumerated() {
      let got = program(fixed, direction, in: arena, reusingFixed: number > 0)[0].scalars
      let expected = plain(fixed, direction, in: plain.makeArena())[0].scalars
      #expect(zip(got, expected).allSatisfy { abs($0 - $1) <= 1e-5 })
    }
  }

  @Test func everyPartOfAStepIsATile() {
    let plan = hessian(shared: .always, fixing: 1).plan
    #expect(plan.tasks.tiles == plan.steps.map(\.tileCount))
    #expect(plan.tiles.map(\.step) == plan.tiles.map(\.step).sorted())
  }

  @Test func sumsInPlaceWaitForWhoReadsTheFirstTerm() {
    var numbers = TestNumbers(seed: 7)
    let arguments = [numbers.array([8, 8]), numbers.array([8, 8]), numbers.array([8, 8])]
    // The first product is read by itself, and then becomes the sum.
    func body(_ x: [Tensor]) -> [Tensor] {
      let first = x[0].matmul(x[1])
      return [first.squared().summed(), (first + x[1].matmul(x[2])).tanh()]
    }
    let plain = Program(like: arguments, tracing: body)
    let shared = Program(like: arguments, shared: .always, tracing: body)
    let expected = plain(arguments, in: plain.makeArena())
    #expect(shared(arguments, in: shared.makeArena()) == expected)
    #expect(shared(arguments, in: shared.makeArena(workers: 3)) == expected)
  }

  @Test func manyAndLargeArgumentsAndResultsAreCopiedByAll() {
    var numbers = TestNumbers(seed: 9)
    let arguments = [[20_000], [3], [], [8_192], [8_193]].map { numbers.array(Shape($0)) }
    let program = Program(like: arguments, shared: .always) { (x: [Tensor]) in x.map { $0 + $0 } }
    let expected = arguments.map { ShapedArray($0.scalars.map { $0 + $0 }, shape: $0.shape) }
    for workers in 1...3 {
      let arena = program.makeArena(workers: workers)
      for _ in 0..<20 { #expect(program(arguments, in: arena) == expected) }
    }
  }
}
