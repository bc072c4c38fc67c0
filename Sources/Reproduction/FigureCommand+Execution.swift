import ArgumentParser
import Claims
import Experiments
import Foundation

extension FigureCommand {
  /// Does what some arguments say and returns the exit code.
  static func execute(
    _ arguments: [String],
    print: @escaping @Sendable (String) -> Void = {
      try? FileHandle.standardOutput.write(contentsOf: Data($0.utf8))
    },
    complain: @escaping @Sendable (String) -> Void = {
      try? FileHandle.standardError.write(contentsOf: Data($0.utf8))
    }
  ) async -> Int32 {
    do {
      guard let command = try parse(arguments, print: print) else { return 0 }
      try await Interruption.cancelling { try await command.perform(print: print) }
      return 0
    } catch is CancellationError {
      complain("interrupted; what is done is stored, and the same command goes on from there\n")
      return Interruption.exitCode
    } catch let error as FigureError {
      complain(oneLine("error: \(error)"))
      if case .usage = error { return 2 }
      return 1
    } catch {
      complain(oneLine("error: \(message(of: error))"))
      return 1
    }
  }

  /// The command, or nothing if it was a question that is answered.
  private static func parse(_ arguments: [String], print: (String) -> Void) throws -> Self? {
    do {
      return try Self.parse(arguments)
    } catch {
      guard exitCode(for: error).isSuccess else {
        let message = Self.message(for: error)
        throw FigureError.usage(
          "\(message.hasSuffix(".") ? String(message.dropLast()) : message); see \(F.name) --help")
      }
      print(fullMessage(for: error) + "\n")
      return nil
    }
  }

  private func perform(print: @escaping @Sendable (String) -> Void) async throws {
    let options = try options()
    let formats = try formats()
    let workingDirectory = URL(
      filePath: FileManager.default.currentDirectoryPath, directoryHint: .isDirectory)
    let output =
      output.map { URL(filePath: $0, directoryHint: .isDirectory, relativeTo: workingDirectory) }
      ?? ProjectFolder.output(from: workingDirectory)
    let maker = FigureMaker<F>(
      options: options,
      runs: RunStore(
        folder: output.appending(path: "runs"), workers: try workers(),
        progress: .standardError(isQuiet: quiet)),
      print: print)
    if describe {
      try maker.describe()
    } else if listRuns {
      try maker.listRuns()
    } else if let judge {
      try maker.judge(URL(filePath: judge, relativeTo: workingDirectory))
    } else if let abridge {
      try maker.abridge(URL(filePath: abridge, relativeTo: workingDirectory))
    } else if times {
      try maker.time(in: output)
    } else if let run {
      try await maker.run(run, isForced: force)
    } else if let golden {
      guard budget == .smoke else {
        throw FigureError.usage("--golden goes with --budget smoke")
      }
      try await maker.checkGolden(
        in: try DataFolder.located().url.appending(path: "golden"), mode: golden, isForced: force)
    } else {
      try await maker.make(in: output, formats: formats, isForced: force)
    }
  }

  private static func message(of error: any Error) -> String {
    // The system's own errors describe themselves at length, in terms of its classes.
    error is CocoaError ? error.localizedDescription : "\(error)"
  }

  private static func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).joined(separator: " ") + "\n"
  }
}
