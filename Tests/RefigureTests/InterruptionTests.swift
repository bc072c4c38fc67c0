import Foundation
import Processes
import TestSupport
import Testing

@testable import Refigure

/// Whoever ends the tool ends the figure that it has started, in order.
struct InterruptionTests {
  /// Waits for a signal, and notes that it has ended in order.
  private static let patient = """
    case "$*" in *--describe*) cat fig1-a.description; exit ;; esac
    trap 'echo ended > ended; exit 130' TERM HUP INT
    echo $$ > process
    while :; do sleep 0.02; done
    """

  private func suite() throws -> FakeSuite {
    let suite = try FakeSuite()
    try suite.add("fig1-a", .runs([]))
    try suite.script("fig1-a", Self.patient)
    return suite
  }

  private func shell(
    _ suite: FakeSuite, _ script: String
  ) throws -> (output: String, complaints: String) {
    var shell = ChildProcess(
      URL(filePath: "/bin/sh"),
      [
        "-c",
        """
        cd '\(suite.folder.url.path)'
        \(script)
        """,
      ], output: .collected, errors: .collected)
    // A shell cannot trap what it inherits as ignored, and tests that run beside this one in the same
    // process make cancellations of these signals, for which they must be ignored.
    shell.defaultSignals = [SIGINT, SIGTERM, SIGHUP]
    let outcome = try shell.run()
    return (
      String(decoding: outcome.output, as: UTF8.self),
      String(decoding: outcome.errors, as: UTF8.self)
    )
  }

  @Test(.timeLimit(.minutes(1)), arguments: ["TERM", "HUP", "INT"])
  func theFigureEndsToo(signal: String) throws {
    let suite = try suite()
    let answer = try shell(
      suite,
      """
      ./refigure run fig1-a --output Output & tool=$!
      until [ -s process ] || ! kill -0 $tool; do sleep 0.02; done
      kill -\(signal) $tool; wait $tool; echo $?
      kill -0 $(cat process) 2>&- && echo alive
      cat ended
      """)
    #expect(answer.output == "130\nended\n", "\(answer.complaints)")
  }

  /// What `nohup` ignores stays ignored.
  @Test(.timeLimit(.minutes(1))) func hangingUpCanBeIgnored() throws {
    let suite = try suite()
    let answer = try shell(
      suite,
      """
      trap '' HUP
      ./refigure run fig1-a --output Output & tool=$!
      until [ -s process ] || ! kill -0 $tool; do sleep 0.02; done
      kill -HUP $tool; sleep 0.3; cat ended 2>&-; kill -0 $tool && echo alive
      kill -TERM $tool; wait $tool; echo $?
      """)
    #expect(answer.output == "alive\n130\n", "\(answer.complaints)")
  }
}
