import Foundation
import Testing

@testable import Processes

struct ChildProcessTests {
  private func shell(
    _ script: String, adding variables: [String: String] = [:],
    errors: ChildProcess.Output = .collected
  ) throws -> ChildProcess.Outcome {
    try ChildProcess(
      URL(filePath: "/bin/sh"), ["-c", script], adding: variables, output: .collected,
      errors: errors
    ).run()
  }

  /// A pipe would be filled many times over while nothing is written into the other.
  @Test(.timeLimit(.minutes(1)), arguments: ["", " >&2"])
  func muchOnBothOutputsIsNoDeadlock(first: String) throws {
    let other = first.isEmpty ? " >&2" : ""
    let outcome = try shell(
      "head -c 3000000 /dev/zero\(first); head -c 2000000 /dev/zero\(other); printf x\(first)")
    let counts = [outcome.output.count, outcome.errors.count]
    #expect(counts == (first.isEmpty ? [3_000_001, 2_000_000] : [2_000_000, 3_000_001]))
    #expect(outcome.code == 0)
  }

  /// A pipe that another program, started meanwhile, held open would not end before that one.
  @Test(.timeLimit(.minutes(1)))
  func programsAtOnceDoNotWaitForEachOther() async throws {
    try await withThrowingTaskGroup(of: Duration.self) { group in
      group.addTask {
        let outcome = try shell("sleep 2")
        #expect(outcome.code == 0)
        return .zero
      }
      for number in 0..<20 {
        group.addTask {
          let start = ContinuousClock.now
          let outcome = try shell("echo \(number)")
          #expect(outcome.output == Data("\(number)\n".utf8))
          return ContinuousClock.now - start
        }
      }
      let slowest = try await group.reduce(.zero) { max($0, $1) }
      #expect(slowest < .seconds(2))
    }
  }

  @Test func codesAndSignalsAreTold() throws {
    #expect(try shell("exit 3").code == 3)
    #expect(try shell("kill -9 $$").code == 128 + 9)
    #expect(try shell("echo a; echo b >&2; exit 130").code == 130)
  }

  @Test func variablesAreAdded() throws {
    let outcome = try shell("printf \"$ADDED $HOME\"", adding: ["ADDED": "1", "HOME": "/else"])
    #expect(outcome.output == Data("1 /else".utf8))
  }

  @Test func aMissingProgramIsNamed() {
    let missing = ChildProcess(URL(filePath: "/nowhere/program"), [])
    let error = #expect(throws: ChildProcessError.self) { try missing.run() }
    #expect(error?.description == "cannot start /nowhere/program: No such file or directory")
  }

  @Test(.timeLimit(.minutes(1))) func aProgramThatClosesItsOutputsIsStillWaitedFor() throws {
    let start = ContinuousClock.now
    let outcome = try shell("exec >&- 2>&-; sleep 0.3; exit 4")
    #expect(outcome.code == 4 && ContinuousClock.now - start >= .milliseconds(300))
  }
}
