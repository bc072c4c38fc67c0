import Tensors
import TestSupport
import Testing

@testable import Execution

@Suite("Random graphs: fused loops and planned memory change nothing")
struct FusionTests {
  /// Elementwise chains with broadcasts, sums and transposes, of sizes on both sides of a block.
  @Test(arguments: 0..<60)
  func randomGraph(_ seed: Int) {
    var numbers = TestNumbers(seed: UInt64(seed))
    let channels = [1, 3, 5, 16, 48, 64, 600][Int(numbers.next() % 7)]
    let rows = [1, 2, 7, 33, 500][Int(numbers.next() % 5)]
    let groups = [1, 2, 3][Int(numbers.next() % 3)]
    let shape: Shape = [groups, rows, channels]
    let x = [numbers.array(shape), numbers.array(shape), numbers.array([channels])]
    let choices = (0..<24).map { _ in numbers.next() }
    let body = { (x: [Tensor]) in Self.grow(x, choices) }
    let program = Program(like: x, tracing: body)
    let reference = Reference(like: x, tracing: body)
    let got = program(x, in: program.makeArena())
    let expected = reference(x.map { $0.scalars.map(Double.init) })
    for (y, z) in zip(got, expected) {
      let scale = max(z.map(abs).max() ?? 0, 1)
      let worst = zip(y.scalars, z).map { abs(Double($0) - $1) }.max() ?? 0
      #expect(worst <= 1e-4 * scale, "\(shape): off by \(worst) of \(scale)")
    }
  }

  private static func grow(_ x: [Tensor], _ choices: [UInt64]) -> [Tensor] {
    let shape = x[0].shape
    var pool = [x[0], x[1], x[2].broadcast(to: shape)]
    for choice in choices {
      let a = pool[Int(choice >> 8) % pool.count]
      let b = pool[Int(choice >> 24) % pool.count]
      let next: Tensor =
        switch choice % 12 {
        case 0: a + b
        case 1: a * b
        case 2: a - b
        case 3: a.tanh() * b
        case 4: (a * b + a).relu()
        case 5: a - a.mean(along: 0, 1, keepingAxes: true)
        case 6: b * a.mean(along: 2, keepingAxes: true)
        case 7: a.mean(along: 1, keepingAxes: true) + b
        case 8: a * x[0].step()
        case 9: (a.transposed(1, 0, 2) * 0.5).transposed(1, 0, 2) - b
        case 10: a.maximum(along: 2, keepingAxes: true) * 0.5 + b
        default: (0.5 * a).logistic() + a.mean()
        }
      pool.append(next)
    }
    let outputs = pool.suffix(4).map { $0 }
    return outputs + [outputs[0].summed(along: 0, 1), (outputs[1] * outputs[2]).mean()]
  }

  /// Sums of products, which are added up in place: with values that others read too, and on a second
  /// replay that finds there what depends on the first argument alone.
  @Test(arguments: 0..<150)
  func sumsOfProducts(_ seed: Int) {
    var numbers = TestNumbers(seed: UInt64(seed))
    let x = (0..<3).map { _ in numbers.array([6, 6]) }
    let choices = (0..<14).map { _ in numbers.next() }
    let body = { (a: Tensor, b: Tensor, c: Tensor) -> [Tensor] in
      var pool = [a, b, c, a.matmul(b), b.matmul(c)]
      for choice in choices {
        let a = pool[Int(choice >> 8) % pool.count]
        let b = pool[pool.count - 1 - Int(choice >> 24) % 3]
        pool.append(
          choice % 5 < 2
            ? a.matmul(b) : choice % 5 < 4 ? a + b : -0.5 * a)
      }
      return pool.suffix(1 + Int(choices[0] % 3))
    }
    let program = Program(like: x[0], x[1], x[2], fixing: 1, tracing: body)
    let reference = Reference(like: x[0], x[1], x[2], tracing: body)
    let expected = reference(x.map { $0.scalars.map(Double.init) })
    let arena = program.makeArena()
    for reuses in [false, true, true] {
      let got = program(x[0], x[1], x[2], in: arena, reusingFixed: reuses)
      for (y, z) in zip(got, expected) {
        let scale = max(z.map(abs).max() ?? 0, 1)
        let worst = zip(y.scalars, z).map { abs(Double($0) - $1) }.max() ?? 0
        #expect(worst <= 1e-4 * scale, "replay reusing \(reuses): off by \(worst) of \(scale)")
      }
    }
  }

  @Test func argumentsThatOnlyLoopsReadStayWhereTheyAre() {
    var numbers = TestNumbers(seed: 11)
    let x = [[40, 40], [40, 40], [40, 40], [1, 40], [40, 40]].map { numbers.array(Shape($0)) }
    // The second is multiplied with, the fourth is spread over rows, the fifth is a result.
    let body = { (x: [Tensor]) -> [Tensor] in
      let sum = x[0] * x[2] + x[0].matmul(x[1]) + x[3].broadcast(to: [40, 40])
      return [sum, (x[2] - x[4]).summed(), x[4]]
    }
    let program = Program(like: x, tracing: body)
    #expect(program.plan.inputs.map { $0?.offset == nil } == [false, false, true, false, false])
    let sums = Program(like: x) { (x: [Tensor]) in [x[0] * x[2] + x[4], (x[1] - x[2]).summed()] }
    #expect(sums.plan.inputs.map { $0?.offset == nil } == [true, true, true, true, true])
    #expect(sums.plan.inputs[3] == nil)
    #expect(program(x, in: program.makeArena())[2] == x[4])
    let expected = Reference(like: x, tracing: body)(x.map { $0.scalars.map(Double.init) })
    for (y, z) in zip(program(x, in: program.makeArena()), expected) {
      #expect(zip(y.scalars, z).allSatisfy { abs(Double($0) - $1) <= 1e-4 * max(abs($1), 1) })
    }
  }

  @Test(arguments: 0..<20)
  func liveValuesDoNotOverlap(_ seed: Int) {
    var numbers = TestNumbers(seed: UInt64(seed))
    let values = (0..<200).map { _ in
      let birth = Int(numbers.next() % 100) - 1
      return MemoryPlan.Value(
        count: Int(numbers.next() % 500) + 1, birth: birth, death: birth + Int(numbers.next() % 20))
    }
    let plan = MemoryPlan(values)
    for i in values.indices {
      #expect(plan.offsets[i] + values[i].count <= plan.total)
      for j in 0..<i where values[i].birth <= values[j].death && values[j].birth <= values[i].death
      {
        let apart =
          plan.offsets[i] + values[i].count <= plan.offsets[j]
          || plan.offsets[j] + values[j].count <= plan.offsets[i]
        #expect(apart, "values \(i) and \(j) overlap")
      }
    }
  }
}

extension Tensor {
  fileprivate static func * (a: Tensor, b: Double) -> Tensor { b * a }
}
