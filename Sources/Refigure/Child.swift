import ArgumentParser
import Experiments
import Foundation
import Processes
import Reproduction
import Synchronization

/// Another program of the suite that is started and waited for.
enum Child {
  /// What a program prints, and how it ended; what it complains about goes where ours does, unless
  /// that is collected too.
  struct Answer {
    var output: String
    var complaints = ""
    var code: Int32
    var signal: Int32?

    /// `1`, or `137: signal 9 ended it`.
    var ending: String { signal.map { "(\(code)): signal \($0) ended it" } ?? "(\(code))" }
  }

  /// What a program prints, and how it ended.
  static func output(
    of program: URL, _ arguments: [String], adding variables: [String: String] = [:],
    complaints: ChildProcess.Output = .inherited
  ) throws -> Answer {
    // The threads that the linear algebra library starts for itself would spin beside every question;
    // the figures use none of them.
    let variables = ["OPENBLAS_NUM_THREADS": "1"].merging(variables) { $1 }
    let outcome = try outcome(
      of: ChildProcess(
        program, arguments, adding: variables, output: .collected, errors: complaints))
    return Answer(
      output: String(decoding: outcome.output, as: UTF8.self),
      complaints: String(decoding: outcome.errors, as: UTF8.self), code: outcome.code,
      signal: outcome.signal)
  }

  /// The exit code of a program that prints where we do.
  static func run(_ program: URL, _ arguments: [String]) throws -> Int32 {
    try outcome(of: ChildProcess(program, arguments)).code
  }

  private static func outcome(of process: ChildProcess) throws -> ChildProcess.Outcome {
    var process = process
    process.watch = { Interruptions.watch($0) }
    do {
      let outcome = try process.run()
      guard
        outcome.code != Interruption.exitCode,
        !Interruptions.haveCome.load(ordering: .sequentiallyConsistent)
      else { throw ExitCode(Interruption.exitCode) }
      return outcome
    } catch let error as ChildProcessError {
      throw FigureError.failed("\(error)")
    }
  }
}
