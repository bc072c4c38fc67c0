import Execution
import Tensors
import Testing

@testable import Training

struct MemoryCheckTests {
  private let plan = Program(like: ShapedArray.zeros([1000])) { (x: Tensor) in x.exp() }.plan

  @Test func whatFitsPasses() throws {
    try checkMemory([plan], workers: 2)
  }

  @Test func whatDoesNotFitIsRefusedWithARemedy() {
    // More workers than any machine has memory for: 2⁴⁰ arenas of kilobytes.
    do {
      try checkMemory([plan, plan], workers: 1 << 40)
      Issue.record("petabytes were accepted")
    } catch {
      #expect("\(error)".contains("--threads"))
    }
  }
}
