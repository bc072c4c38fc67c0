import Foundation
import Reproduction

/// Another program that is started and waited for.
enum Child {
  /// What a program prints, and its exit code; what it complains about goes where ours does.
  static func output(
    of program: URL, _ arguments: [String], adding variables: [String: String] = [:]
  ) throws -> (output: String, code: Int32) {
    let process = Process()
    let pipe = Pipe()
    process.environment = ProcessInfo.processInfo.environment.merging(variables) { $1 }
    process.executableURL = program
    process.arguments = arguments
    process.standardOutput = pipe
    try start(process)
    let bytes = (try? pipe.fileHandleForReading.readToEnd()) ?? nil
    process.waitUntilExit()
    return (String(decoding: bytes ?? Data(), as: UTF8.self), process.terminationStatus)
  }

  /// The exit code of a program that prints where we do.
  static func run(_ program: URL, _ arguments: [String]) throws -> Int32 {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    try start(process)
    process.waitUntilExit()
    return process.terminationStatus
  }

  private static func start(_ process: Process) throws {
    // What was printed so far must come before what the other prints.
    fflush(nil)
    do {
      try process.run()
    } catch {
      let path = process.executableURL?.path ?? "the program"
      throw FigureError.failed("cannot start \(path): \(error.localizedDescription)")
    }
  }
}
