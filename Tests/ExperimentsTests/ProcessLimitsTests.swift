import Testing

@testable import Experiments

/// What `ulimit` takes away is named before anything crashes or waits for it.
struct ProcessLimitsTests {
  private func problem(
    stack: UInt64? = nil, addresses: UInt64? = nil, startsThreads: Bool = true
  ) -> String {
    ProcessLimits(stack: stack, addresses: addresses, startsThreads: startsThreads).problem ?? ""
  }

  @Test func tooLittleIsNamedWithWhatToDo() {
    #expect(problem(stack: 128 << 10).contains("ulimit -s 8192"))
    #expect(problem(addresses: 300_000 << 10).contains("292 MiB of addresses (ulimit -v)"))
    #expect(problem(startsThreads: false).contains("ulimit -u"))
  }

  @Test func enoughIsNoProblem() {
    #expect(problem(stack: 8 << 20, addresses: 1 << 34).isEmpty && problem().isEmpty)
    #expect(ProcessLimits.current.problem == nil)
  }
}
