import TestSupport
import Tensors
import Testing

@testable import Execution

@Suite("Task graphs: what a shared replay may do side by side")
struct TaskGraphTests {
  /// Pairs of steps that touch the same numbers though neither waits for the other.
  private static func conflicts(_ plan: Plan, _ graph: TaskGraph) -> [String] {
    var before = plan.steps.map { _ in Set<Int>() }
    for step in plan.steps.indices {
      for other in graph.dependencies[step] { before[step].formUnion(before[other].union([other])) }
    }
    let touched = plan.steps.indices.map { plan.touched(by: $0) }
    func meet(_ a: [Range<Int>], _ b: [Range<Int>]) -> Bool {
      a.contains { a in b.contains { a.overlaps($0) } }
    }
    return plan.steps.indices.flatMap { step in
      (0..<step).filter { !before[step].contains($0) }.filter {
        meet(touched[step].writes, touched[$0].reads + touched[$0].writes)
          || meet(touched[step].reads, touched[$0].writes)
      }.map { "\($0) and \(step)" }
    }
  }

  @Test func whoeverTouchesTheSameNumbersWaits() {
    let plan = SmallHessian.product(shared: .always, fixing: 1).plan
    #expect(Self.conflicts(plan, plan.tasks).isEmpty)
  }

  /// Every dependency is needed, or follows from others: who drops one of the former is told which.
  @Test func aDroppedDependencyIsNamed() {
    let plan = SmallHessian.product(shared: .always).plan
    var named = 0
    for step in plan.steps.indices {
      for other in plan.tasks.dependencies[step] {
        var dependencies = plan.tasks.dependencies
        dependencies[step].removeAll { $0 == other }
        let isImplied = dependencies[step].contains { later in
          var open = [later]
          while let next = open.popLast() {
            if next == other { return true }
            open += dependencies[next].filter { $0 >= other }
          }
          return false
        }
        guard !isImplied else { continue }
        named += 1
        let graph = TaskGraph(tiles: plan.tasks.tiles, dependencies: dependencies)
        #expect(Self.conflicts(plan, graph).contains("\(other) and \(step)"))
      }
    }
    #expect(named > 20)
  }

  /// Nothing may depend on when a task is done, nor on the order of its tiles.
  @Test(arguments: [0, 1])
  func anyOrderThatIsAllowedHasTheSameBits(_ fixing: Int) {
    let program = SmallHessian.product(shared: .always, fixing: fixing)
    let (plan, arena) = (program.plan, program.makeArena())
    var numbers = TestNumbers(seed: 3)
    for direction in SmallHessian.directions + SmallHessian.directions {
      let expected = program(SmallHessian.x, direction, in: program.makeArena())
      let results = plan.withAddresses(of: SmallHessian.x + direction) { addresses in
        plan.makeResults { results in
          let places = Plan.Addresses(arguments: addresses, results: results)
          plan.withKernels(arena.values, places) { kernels in
            var left = Array(plan.steps.indices)
            while !left.isEmpty {
              let ready = left.indices.filter { place in
                plan.tasks.dependencies[left[place]].allSatisfy { !left.contains($0) }
              }
              let task = left.remove(
                at: ready[Int(numbers.next(in: 0...0.999) * Double(ready.count))])
              for tile in (plan.firstTiles[task]..<plan.firstTiles[task + 1]).reversed() {
                kernels.run(plan.tiles[tile], arena.scratch)
              }
              kernels.finish(task)
            }
          }
        }
      }
      let isSame = results == expected
      #expect(isSame)
    }
  }

  @Test func productsThatNeedNothingOfEachOtherDoNotWait() {
    let x = [ShapedArray](repeating: .zeros([8, 8]), count: 3)
    let plan = Program(like: x, shared: .always) { (x: [Tensor]) in
      [x[0].matmul(x[1]).tanh().matmul(x[0].matmul(x[2]).tanh())]
    }.plan
    let products = plan.steps.indices.filter { plan.descriptions[$0].operation == "product" }
    #expect(products.count == 3)
    #expect(!plan.tasks.dependencies[products[1]].contains(products[0]))
  }

  /// A value that is read late is kept until then.
  @Test func aSumInPlaceWaitsForALateReaderOfItsFirstTerm() {
    let arguments = (0..<3).map {
      ShapedArray([Float](repeating: Float($0) / 8, count: 64), shape: [8, 8])
    }
    func body(_ x: [Tensor]) -> [Tensor] {
      let first = x[0].matmul(x[1])
      let side = first.matmul(x[2])
      var y = x[1].tanh()
      for _ in 0..<6 { y = y.matmul(x[2]).tanh() }
      return [(first + y.matmul(x[2])).tanh(), side.squared().summed()]
    }
    let plain = Program(like: arguments, tracing: body)
    let shared = Program(like: arguments, shared: .always, tracing: body)
    let expected = plain(arguments, in: plain.makeArena())
    for workers in 1...3 {
      let arena = shared.makeArena(workers: workers)
      for _ in 0..<50 { #expect(shared(arguments, in: arena) == expected) }
    }
  }
}
