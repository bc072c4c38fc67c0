import Foundation
import TestSupport
import Tensors
import Testing

@testable import Execution

@Suite("Inner steps that are computed again where memory is short")
struct SegmentTests {
  private typealias Slopes = Program<[Tensor], [Tensor]>

  /// MAML on a small convolutional network: the slope of a query loss after so many steps.
  private static func slopes(steps: Int, isFirstOrder: Bool = false) -> ([Tensor]) -> [Tensor] {
    { x in
      func loss(_ images: Tensor, _ weights: [Tensor]) -> Tensor {
        var y = images.convolved(with: weights[0], stride: 1, padding: 1)
        y = (y - y.mean(along: 0, 1, 2, keepingAxes: true)) * weights[1]
        y = y.softplus().convolved(with: weights[2], stride: 2, padding: 1).tanh().maxPooled(
          side: 2)
        return y.flattened(from: 1).matmul(weights[3]).logSumExp(along: 1).mean()
      }
      var weights = Array(x[2...])
      for _ in 0..<steps {
        weights = x[0].graph.segment {
          var slope = gradient(of: loss(x[0], weights), withRespectTo: weights)
          if isFirstOrder { slope = slope.map { $0.stoppingGradient() } }
          return zip(weights, slope).map { ($0 - 0.1 * $1).asVariable() }
        }
      }
      let query = loss(x[1], weights)
      return [query] + gradient(of: query, withRespectTo: Array(x[2...]))
    }
  }

  /// Support images, query images and weights.
  private static func arguments(images: Int = 4) -> [ShapedArray] {
    var numbers = TestNumbers(seed: 3)
    return [[images, 9, 9, 3], [4, 9, 9, 3], [3, 3, 3, 32], [32], [3, 3, 32, 32], [32 * 4, 5]]
      .map { numbers.array($0) }
  }

  /// The same program with memory for a share of what it would take.
  private static func program(
    steps: Int, share: Double, shared: Plan.Sharing = .never, images: Int = 4
  ) -> Slopes {
    let x = arguments(images: images)
    let whole = Slopes(like: x, shared: shared, tracing: slopes(steps: steps))
    return Slopes(
      like: x, shared: shared,
      within: Plan.Memory(bytes: Int(share * Double(whole.plan.arenaBytes)), workers: 1),
      tracing: slopes(steps: steps))
  }

  @Test(arguments: [1, 2, 5], [Plan.Sharing.never, .always])
  func noBitChanges(steps: Int, shared: Plan.Sharing) {
    let x = Self.arguments()
    let whole = Self.program(steps: steps, share: 1, shared: shared)
    let expected = whole(x, in: whole.makeArena())
    for share in [0.9, 0.6, 0] {
      let less = Self.program(steps: steps, share: share, shared: shared)
      for workers in 1...3 {
        #expect(less(x, in: less.makeArena(workers: workers)) == expected)
      }
    }
  }

  @Test(arguments: [Plan.Sharing.never, .always])
  func asFewStepsAsMustBeAreComputedAgain(shared: Plan.Sharing) {
    let plans = [1, 0.9, 0.7, 0.5, 0].map {
      Self.program(steps: 6, share: $0, shared: shared, images: 32).plan
    }
    for (share, plan) in zip([1, 0.9, 0.7, 0.5], plans) {
      #expect(Double(plan.arenaBytes) <= share * Double(plans[0].arenaBytes))
    }
    #expect(plans.map(\.stepCount) == plans.map(\.stepCount).sorted())
    #expect(plans[0].stepCount < plans[1].stepCount && plans[1].stepCount < plans[3].stepCount)
    #expect(plans.allSatisfy { $0.floatingPointOperations == plans[0].floatingPointOperations })
    #expect(plans.allSatisfy { $0.isShared == plans[0].isShared })
  }

  @Test(arguments: [Plan.Sharing.never, .always])
  func onlyLoopsOfTheFirstOrderAreComputedAgain(shared: Plan.Sharing) {
    let x = Self.arguments()
    let body = Self.slopes(steps: 4, isFirstOrder: true)
    let whole = Slopes(like: x, shared: shared, tracing: body)
    let less = Slopes(
      like: x, shared: shared, within: Plan.Memory(bytes: 0, workers: 1), tracing: body)
    func products(_ plan: Plan) -> Int {
      plan.steps.count {
        switch $0 {
        case .product, .windows, .taps, .planes: true
        default: false
        }
      }
    }
    #expect(products(less.plan) == products(whole.plan))
    #expect(less.plan.arenaBytes <= whole.plan.arenaBytes)
    #expect(less(x, in: less.makeArena(workers: 2)) == whole(x, in: whole.makeArena(workers: 2)))
  }

  /// Without any segment: the slope of a rectifier is made of what it rectifies, which is kept.
  @Test(arguments: [Plan.Sharing.never, .always])
  func whatALoopMakesOfKeptValuesIsNotKept(shared: Plan.Sharing) {
    var numbers = TestNumbers(seed: 4)
    let x = [[256, 64], [64, 64], [64, 64], [64, 64], [64, 1]].map { numbers.array($0) }
    let body = { (x: [Tensor]) -> [Tensor] in
      let features = x[1..<4].reduce(x[0]) { $0.matmul($1).relu() }
      let loss = features.matmul(x[4]).mean()
      return [loss] + gradient(of: loss, withRespectTo: Array(x[1...]))
    }
    let whole = Slopes(like: x, shared: shared, tracing: body)
    let less = Slopes(
      like: x, shared: shared, within: Plan.Memory(bytes: 0, workers: 1), tracing: body)
    let value = 256 * 64 * MemoryLayout<Float>.stride
    #expect(less.plan.arenaBytes <= whole.plan.arenaBytes - value)
    #expect(less(x, in: less.makeArena(workers: 2)) == whole(x, in: whole.makeArena(workers: 2)))
  }

  @Test func memoryHardlyGrowsWithTheNumberOfSteps() {
    let few = Self.program(steps: 5, share: 0, images: 32).plan
    let many = Self.program(steps: 50, share: 0, images: 32).plan
    #expect(Double(many.arenaBytes) < 1.5 * Double(few.arenaBytes))
    let whole = Self.program(steps: 50, share: 1, images: 32).plan
    #expect(Double(many.stepCount) < 1.4 * Double(whole.stepCount))
  }

  @Test func memoryIsThatOfAllWorkersUnlessTheyShareAPlan() {
    let x = Self.arguments()
    func plan(_ shared: Plan.Sharing, _ bytes: Int, workers: Int) -> Plan {
      Slopes(
        like: x, shared: shared, within: Plan.Memory(bytes: bytes, workers: workers),
        tracing: Self.slopes(steps: 3)
      ).plan
    }
    for shared in [Plan.Sharing.never, .always] {
      let whole = plan(shared, .max, workers: 4)
      let two = plan(shared, 2 * whole.arenaBytes, workers: 2)
      let four = plan(shared, 2 * whole.arenaBytes, workers: 4)
      #expect(two.arenaBytes == whole.arenaBytes)
      #expect((four.arenaBytes < whole.arenaBytes) == !whole.isShared)
    }
  }

  /// More than two hundred where somebody looks for races.
  private static let graphs =
    ProcessInfo.processInfo.environment["RANDOM_GRAPHS"].flatMap(Int.init) ?? 200

  /// Sums in place, values that several segments and others read, and results from inside of them.
  ///
  /// The last ones read early what a sum takes the place of before the way back.
  @Test(arguments: Array(0..<graphs) + [2702, 3272, 4618, 4911, 9658])
  func randomSegments(_ seed: Int) {
    var numbers = TestNumbers(seed: UInt64(seed))
    let x = (0..<4).map { _ in numbers.array([8, 8]) }
    let choices = (0..<40).map { _ in numbers.next() }
    let shared: Plan.Sharing = seed % 2 == 0 ? .never : .always
    let fixed = seed % 3
    let body = { (a: Tensor, b: Tensor, rest: [Tensor]) -> [Tensor] in
      var pool = [a, b] + rest
      func grow(_ choices: ArraySlice<UInt64>) {
        for choice in choices {
          let (left, right) = (
            pool[Int(choice >> 8) % pool.count], pool[pool.count - 1 - Int(choice >> 24) % 3]
          )
          switch choice % 8 {
          case 0, 1: pool.append(left.matmul(right))
          case 2, 3: pool.append(left + right)
          case 4: pool.append((left * right).tanh())
          case 5: pool.append(left - right.mean(along: 0, keepingAxes: true))
          case 6: pool.append(0.5 * left.transposed())
          default: pool.append(left.matmul(right) + right.matmul(left) + left)
          }
        }
      }
      for first in stride(from: 0, to: 32, by: 8) {
        a.graph.segment { grow(choices[first..<first + 8]) }
        if choices[first] % 4 == 0 { grow(choices[32..<34]) }
      }
      grow(choices[34...])
      let loss = pool.suffix(3).map { $0.tanh().mean() }.reduce(a.mean(), +)
      return [loss, pool[Int(choices[0] % 36)]] + gradient(of: loss, withRespectTo: [a, b] + rest)
    }
    func program(_ bytes: Int) -> Program<Tensor, Tensor, [Tensor], [Tensor]> {
      Program(
        like: x[0], x[1], Array(x[2...]), shared: shared, fixing: fixed,
        within: Plan.Memory(bytes: bytes, workers: 1), tracing: body)
    }
    let whole = program(.max)
    let expected = whole(x[0], x[1], Array(x[2...]), in: whole.makeArena())
    for share in [0, 0.5, 0.8] {
      let less = program(Int(share * Double(whole.plan.arenaBytes)))
      let arena = less.makeArena(workers: 2)
      for reuses in [false, true] {
        let got = less(x[0], x[1], Array(x[2...]), in: arena, reusingFixed: reuses)
        #expect(got.map(\.scalars.bits) == expected.map(\.scalars.bits))
      }
    }
  }
}

extension [Float] {
  /// Patterns, of which one that is no number equals itself.
  fileprivate var bits: [UInt32] { map(\.bitPattern) }
}
