import TestSupport
import Tensors
import Testing

@testable import Execution

@Suite("Large values passed from step to step part by part")
struct TurnsTests {
  /// Odd rows, which pooling leaves over, and values that do not stay in the cache.
  private static let shapes: [Shape] = [[5, 65, 63, 3], [3, 3, 3, 32], [32], [3, 3, 32, 32]]

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

  /// Every part of both steps runs once, and each range ends at the same number in both.
  @Test func sharedTurnsAreCutWhereBothStepsEnd() {
    let x = Self.shapes.map { ShapedArray.zeros($0) }
    let plan = Program(like: x, shared: .always, tracing: Self.secondGradients).plan
    let turns = plan.tiles.filter { $0.consumer != nil }
    #expect(Set(turns.map(\.step)).count > 5)
    plan.tapTables.parts.withUnsafeBufferPointer { parts in
      for tile in turns {
        guard let consumer = tile.consumer else { continue }
        #expect(
          plan.steps[tile.step].reach(tile.parts.upperBound - 1, parts)
            == plan.steps[consumer.step].reach(consumer.parts.upperBound - 1, parts))
      }
    }
    for step in plan.steps.indices {
      let own = plan.tiles.filter { $0.step == step }.flatMap { Array($0.parts) }
      let following = plan.tiles.compactMap { $0.consumer }.filter { $0.step == step }
        .flatMap { Array($0.parts) }
      #expect(own + following == Array(0..<plan.steps[step].tileCount))
    }
  }

  @Test func sharedTurnsHaveTheSameBitsForAnyNumberOfWorkers() {
    var numbers = TestNumbers(seed: 23)
    let x = Self.shapes.map { numbers.array($0) }
    let program = Program(like: x, shared: .always, tracing: Self.secondGradients)
    var profile = Profile()
    // A profile runs one step after the other.
    let expected = program(x, in: program.makeArena(), profile: &profile)
    for workers in 1...3 {
      let arena = program.makeArena(workers: workers)
      for _ in 0..<5 {
        let isSame = program(x, in: arena) == expected
        #expect(isSame)
      }
    }
    let alone = Program(like: x, tracing: Self.secondGradients)
    for (a, b) in zip(expected, alone(x, in: alone.makeArena())) {
      let scale = b.scalars.map(abs).max() ?? 0
      #expect(zip(a.scalars, b.scalars).allSatisfy { abs($0 - $1) <= 1e-4 * max(scale, 1e-3) })
    }
  }

  @Test func whatIsSmallStaysInTheCacheAnyway() {
    var numbers = TestNumbers(seed: 22)
    let x = [[2, 16, 16, 3], [3, 3, 3, 32], [32], [3, 3, 32, 32]].map { numbers.array($0) }
    let plan = Program(like: x, shared: .always, tracing: Self.secondGradients).plan
    #expect(plan.consumers.isEmpty)
  }
}
