import ArgumentParser
import Experiments
import Foundation
import Reproduction

/// The whole suite's tool: what is here, what would run, what came out, and whether it still does.
@main
struct RefigureTool: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "refigure",
    abstract: "Looks at figures, runs and results, and checks that they are what they were.",
    discussion: """
      EXIT CODES
        0 done, and as expected   1 error, or not as expected   2 wrong command line
        3 the data are not here   130 interrupted
      """,
    version: "refigure \(PackageVersion.current)",
    subcommands: [
      Doctor.self, Plan.self, Run.self, Check.self, Claims.self, Explain.self, PlottedData.self,
      Rerun.self, Verify.self, Difference.self, CollectGarbage.self, KeepResults.self,
      RenewPages.self, WriteReport.self, WriteBundle.self,
    ])

  static func main() {
    StandardOutput.occupyClosedDescriptors()
    ProcessLimits.require()
    Interruptions.leaveToChildren()
    Foundation.exit(execute(Array(CommandLine.arguments.dropFirst())))
  }

  /// Does what some arguments say and returns the exit code.
  static func execute(_ arguments: [String]) -> Int32 {
    do {
      try perform(arguments)
      return 0
    } catch let code as ExitCode {
      return code.rawValue
    } catch OutputError.nobodyReads {
      return OutputError.codeIfNobodyReads
    } catch let error as FigureError {
      complain("error: \(error)")
      return error.exitCode
    } catch {
      let isUsage = exitCode(for: error) == .validationFailure
      complain(isUsage ? fullMessage(for: error) : "error: \(message(of: error))")
      return isUsage ? 2 : 1
    }
  }

  private static func perform(_ arguments: [String]) throws {
    do {
      var command = try parseAsRoot(arguments)
      try command.run()
    } catch  where exitCode(for: error).isSuccess {
      // A question, such as --help, with its answer.
      try StandardOutput.writeLine(fullMessage(for: error))
    }
  }

  static func complain(_ text: String) {
    // Who cannot hear of a failure still learns it from the exit code.
    try? FileHandle.standardError.write(contentsOf: Data((text + "\n").utf8))
  }

  private static func message(of error: any Error) -> String {
    error is CocoaError ? error.localizedDescription : "\(error)"
  }
}
