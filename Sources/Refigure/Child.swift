import ArgumentParser
import Experiments
import Foundation
import Processes
import Reproduction

/// Another program of the suite that is started and waited for.
enum Child {
  /// What a program prints, and its exit code; what it complains about goes where ours does.
  static func output(
    of program: URL, _ arguments: [String], adding variables: [String: String] = [:]
  ) throws -> (output: String, code: Int32) {
    let outcome = try outcome(
      of: ChildProcess(program, arguments, adding: variables, output: .collected))
    return (String(decoding: outcome.output, as: UTF8.self), outcome.code)
  }

  /// The exit code of a program that prints where we do.
  static func run(_ program: URL, _ arguments: [String]) throws -> Int32 {
    try outcome(of: ChildProcess(program, arguments)).code
  }

  /// Makes Ctrl-C end this process only while no child is running.
  ///
  /// The terminal sends it to children as well: they end in order and say so by their exit code,
  /// and what they have written is cleared away then.
  static func leaveInterruptionsToChildren() {
    signal(SIGINT) { _ in
      var info = siginfo_t()
      if waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) != 0 {
        _exit(Interruption.exitCode)
      }
    }
  }

  private static func outcome(of process: ChildProcess) throws -> ChildProcess.Outcome {
    do {
      let outcome = try process.run()
      guard outcome.code != Interruption.exitCode else { throw ExitCode(outcome.code) }
      return outcome
    } catch let error as ChildProcessError {
      throw FigureError.failed("\(error)")
    }
  }
}
