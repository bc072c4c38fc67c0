import TestSupport
import Tensors
import Testing

@testable import Execution

@Suite("Plans that are shared where they are large")
struct SharingTests {
  private static let images: Shape = [4, 16, 16, 3]

  private static func program(_ shared: Plan.Sharing) -> Program<[Tensor], [Tensor]> {
    Program(like: [.zeros(images), .zeros([3, 3, 3, 32])], shared: shared) { (x: [Tensor]) in
      gradient(of: x[0].convolved(with: x[1], stride: 1).squared().mean(), withRespectTo: x)
    }
  }

  @Test func theArenaDecides() {
    let bytes = Self.program(.never).plan.arenaBytes
    #expect(!Self.program(.above(arenaBytes: bytes)).plan.isShared)
    #expect(Self.program(.above(arenaBytes: bytes - 1)).plan.isShared)
    #expect(!Self.program(.whenLarge).plan.isShared)
  }

  @Test func whatIsLargeIsShared() {
    /// A plan with a square matrix in its arena.
    func plan(_ side: Int) -> Plan {
      Program(like: ShapedArray.zeros([side, 1]), shared: .whenLarge) { (x: Tensor) in
        x.matmul(x.transposed()).summed()
      }.plan
    }
    #expect(plan(11_000).isShared)
    #expect(!plan(9_000).isShared)
  }

  @Test func itIsThePlanThatIsShared() {
    var numbers = TestNumbers(seed: 41)
    let x = [numbers.array(Self.images), numbers.array([3, 3, 3, 32])]
    let (always, large) = (Self.program(.always), Self.program(.above(arenaBytes: 0)))
    let expected = always(x, in: always.makeArena())
    #expect(large(x, in: large.makeArena(workers: 2)) == expected)
  }

  @Test func aSharedPlanHasOneArena() {
    let (shared, whole) = (Self.program(.always).plan, Self.program(.never).plan)
    #expect(shared.arenas(for: 3) == 1 && shared.makeArena(workers: 3).workers == 3)
    #expect(whole.arenas(for: 3) == 3 && whole.makeArena(workers: 3).workers == 1)
  }
}
