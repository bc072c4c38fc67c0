import TestSupport
import Tensors
import Testing

@testable import Execution

@Suite("Large values that take the place of an operand")
struct InPlaceTests {
  /// More numbers than what stays in the cache.
  private static let shape: Shape = [8_200, 32]

  private typealias Layers = Program<[Tensor], [Tensor]>

  /// Two layers; `reading` the first product once more afterwards, or not.
  private static func layers(_ x: [Tensor], reading: Bool) -> [Tensor] {
    let product = x[0].matmul(x[1])
    let hidden = (product * x[2] + 1).tanh()
    let result = [hidden.matmul(x[1]).summed()]
    return reading ? result + [(product + hidden.matmul(x[1])).squared().summed()] : result
  }

  private static let arguments: [ShapedArray] = {
    var numbers = TestNumbers(seed: 31)
    return [shape, [32, 32], shape].map { numbers.array($0) }
  }()

  private static func program(reading: Bool, shared: Plan.Sharing = .never) -> Layers {
    Program(like: arguments, shared: shared) { layers($0, reading: reading) }
  }

  /// Whether a loop writes where it reads.
  private static func replaces(_ plan: Plan) -> Bool {
    plan.steps.contains { step in
      guard case .loop(let loop) = step else { return false }
      let instructions = plan.instructions[loop.instructions]
      return instructions.contains { instruction in
        instruction.result.kind == .moving
          && instructions.contains {
            $0.a == instruction.result || $0.b == instruction.result || $0.c == instruction.result
          }
      }
    }
  }

  @Test(arguments: [Plan.Sharing.never, .always])
  func onlyWhatNobodyReadsAnyMoreIsReplaced(_ shared: Plan.Sharing) {
    #expect(Self.replaces(Self.program(reading: false, shared: shared).plan))
    #expect(!Self.replaces(Self.program(reading: true, shared: shared).plan))
  }

  @Test(arguments: [false, true], [Plan.Sharing.never, .always])
  func numbersAreThoseOfTheReference(_ reading: Bool, _ shared: Plan.Sharing) {
    let program = Self.program(reading: reading, shared: shared)
    let got = program(Self.arguments, in: program.makeArena(workers: 2))
    let reference = Reference(like: Self.arguments) { Self.layers($0, reading: reading) }
    let expected = reference(Self.arguments.map { $0.scalars.map(Double.init) })
    for (a, b) in zip(got, expected) {
      #expect(abs(Double(a.scalar) - b[0]) <= 1e-4 * max(abs(b[0]), 1))
    }
  }
}
