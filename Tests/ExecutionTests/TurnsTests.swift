import TestSupport
import Tensors
import Testing

@testable import Execution

@Suite("Large values passed from step to step part by part")
struct TurnsTests {
  /// Odd rows, which pooling leaves over, and values that do not stay in the cache.
  private static let images: Shape = [5, 65, 63, 3]

  private static func secondGradients(_ x: [Tensor]) -> [Tensor] {
    var y = x[0].convolved(with: x[1], stride: 1, padding: 1)
    let centred = y - y.mean(along: 0, 1, 2, keepingAxes: true)
    y = (centred * centred.squared().mean(along: 0, 1, 2, keepingAxes: true) + x[2]).relu()
    y = y.maxPooled(side: 2).convolved(with: x[3], stride: 1, padding: 1).relu()
    let loss = y.squared().mean()
    let slope = gradient(of: loss, withRespectTo: Array(x[1...]))
    let size = slope.map { $0.squared().summed() }
    return [loss] + slope
      + gradient(of: size.dropFirst().reduce(size[0], +), withRespectTo: Array(x[1...]))
  }

  /// A profile runs one step after the other.
  @Test func bitsAreThoseOfOneStepAfterTheOther() {
    var numbers = TestNumbers(seed: 21)
    let x = [Self.images, [3, 3, 3, 32], [32], [3, 3, 32, 32]].map { numbers.array($0) }
    let program = Program(like: x, tracing: Self.secondGradients)
    #expect(program.plan.takesTurns.count > 5)
    let arena = program.makeArena()
    let result = program(x, in: arena)
    var profile = Profile()
    #expect(program(x, in: program.makeArena(), profile: &profile) == result)
    #expect(program(x, in: arena) == result)
  }

  @Test func whatIsSmallStaysInTheCacheAnyway() {
    var numbers = TestNumbers(seed: 22)
    let x = [[2, 16, 16, 3], [3, 3, 3, 32], [32], [3, 3, 32, 32]].map { numbers.array($0) }
    #expect(Program(like: x, tracing: Self.secondGradients).plan.takesTurns.isEmpty)
  }
}
