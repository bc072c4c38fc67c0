import Tensors
import TestSupport
import Testing

@testable import Execution

@Suite("Compiled programs against the reference interpreter")
struct PlanTests {
  @Test(arguments: OpCase.all)
  func value(_ row: OpCase) { compare(row) { [row.body($0)] } }

  @Test(arguments: OpCase.all)
  func gradients(_ row: OpCase) {
    compare(row) { x in gradient(of: row.body(x).summed(), withRespectTo: x) }
  }

  @Test(arguments: OpCase.all)
  func secondGradients(_ row: OpCase) {
    compare(row) { x in
      let first = gradient(of: row.body(x).squared().summed(), withRespectTo: x)
      let size = first.map { $0.squared().summed() }
      return gradient(of: size.dropFirst().reduce(size[0], +), withRespectTo: x) + first
    }
  }

  @Test func replayingTwiceGivesTheSameBits() {
    let row = OpCase.all.first { $0.name == "batch norm" } ?? OpCase.all[0]
    let x = arrays(row)
    let program = Program(like: x) { (x: [Tensor]) in
      gradient(of: row.body(x).summed(), withRespectTo: x)
    }
    let arena = program.makeArena()
    let first = program(x, in: arena)
    #expect(program(x, in: arena) == first)
    #expect(program(x, in: program.makeArena()) == first)
  }

  @Test func argumentsAndConstantsCanBeResults() {
    let x = ShapedArray([1, 2, 3], shape: [3])
    let program = Program(like: [x]) { (x: [Tensor]) in [x[0], x[0].constant(4), x[0] + x[0]] }
    let y = program([x], in: program.makeArena())
    #expect(y.map(\.scalars) == [[1, 2, 3], [4, 4, 4], [2, 4, 6]])
  }

  @Test func theSameNumbersCanBeFiltersOfTwoShapes() {
    var numbers = TestNumbers(seed: 6)
    let x = [
      numbers.array([2, 6, 6, 4]), numbers.array([2, 6, 6, 8]), numbers.array([3, 3, 4, 8]),
    ]
    func body(_ x: [Tensor]) -> [Tensor] {
      let narrow = x[0].convolved(with: x[2], stride: 1, padding: 1)
      let wide = x[1].convolved(with: x[2].reshaped(to: [3, 3, 8, 4]), stride: 1, padding: 1)
      return gradient(
        of: narrow.squared().summed() + wide.squared().summed(), withRespectTo: [x[0], x[1]])
    }
    let program = Program(like: x, tracing: body)
    let reference = Reference(like: x, tracing: body)
    let got = program(x, in: program.makeArena())
    for (y, z) in zip(got, reference(x.map { $0.scalars.map(Double.init) })) {
      let scale = z.map(abs).max() ?? 0
      #expect(zip(y.scalars, z).allSatisfy { abs(Double($0) - $1) <= 2e-5 * scale })
    }
  }

  private func arrays(_ row: OpCase) -> [ShapedArray] {
    zip(row.arguments(), row.shapes).map { ShapedArray($0.map(Float.init), shape: $1) }
  }

  private func compare(_ row: OpCase, _ body: ([Tensor]) -> [Tensor]) {
    let x = arrays(row)
    let program = Program(like: x, tracing: body)
    let reference = Reference(like: x, tracing: body)
    let got = program(x, in: program.makeArena())
    let expected = reference(x.map { $0.scalars.map(Double.init) })
    for (y, z) in zip(got, expected) {
      #expect(y.scalars.count == z.count)
      let scale = z.map(abs).max() ?? 0
      let worst = zip(y.scalars, z).map { abs(Double($0) - $1) }.max() ?? 0
      #expect(worst <= 2e-5 * max(scale, 1), "\(row.name): off by \(worst) of \(scale)")
    }
  }
}
