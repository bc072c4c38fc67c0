import ArgumentParser
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
      """,
    version: "refigure \(PackageVersion.current)",
    subcommands: [
      Doctor.self, Plan.self, Run.self, Check.self, Claims.self, Explain.self, PlottedData.self,
      Rerun.self, Verify.self, Difference.self, CollectGarbage.self, KeepResults.self,
      RenewPages.self,
    ])

  static func main() {
    Child.leaveInterruptionsToChildren()
    Foundation.exit(execute(Array(CommandLine.arguments.dropFirst())))
  }

  /// Does what some arguments say and returns the exit code.
  static func execute(_ arguments: [String]) -> Int32 {
    do {
      var command = try parseAsRoot(arguments)
      try command.run()
      return 0
    } catch let code as ExitCode {
      return code.rawValue
    } catch let error as FigureError {
      complain("error: \(error)")
      if case .usage = error { return 2 }
      return 1
    } catch {
      guard exitCode(for: error).isSuccess else {
        let isUsage = exitCode(for: error) == .validationFailure
        complain(isUsage ? fullMessage(for: error) : "error: \(message(of: error))")
        return isUsage ? 2 : 1
      }
      print(fullMessage(for: error))
      return 0
    }
  }

  static func complain(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data((text + "\n").utf8))
  }

  private static func message(of error: any Error) -> String {
    error is CocoaError ? error.localizedDescription : "\(error)"
  }
}
