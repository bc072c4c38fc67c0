import ArgumentParser
import Claims
import Experiments
import Foundation

extension FigureCommand {
  /// Does what some arguments say and returns the exit code.
  ///
  /// The processes of a group have been given the same arguments, and do trainings together.
  static func execute(
    _ arguments: [String], in group: (any ProcessGroup)? = nil,
    write: @escaping @Sendable (String) throws -> Void = { try StandardOutput.write($0) },
    complain: @escaping @Sendable (String) -> Void = {
      // Who cannot hear of a failure still learns it from the exit code.
      try? FileHandle.standardError.write(contentsOf: Data($0.utf8))
    }
  ) async -> Int32 {
    StandardOutput.occupyClosedDescriptors()
    if let group, group.isFollower {
      return await follow(arguments, in: group) { complain("rank \(group.rank): \($0)") }
    }
    do {
      guard let command = try parse(arguments, write: write) else { return 0 }
      try await Interruption.cancelling { try await command.perform(in: group, write: write) }
      return 0
    } catch is CancellationError {
      complain("interrupted; what is done is stored, and the same command goes on from there\n")
      return Interruption.exitCode
    } catch OutputError.nobodyReads {
      return OutputError.codeIfNobodyReads
    } catch let error as FigureError {
      complain(oneLine("error: \(error)"))
      return error.exitCode
    } catch {
      complain(oneLine("error: \(message(of: error))"))
      return reasonOfAbsence(error) == nil ? 1 : FigureError.dataAbsentCode
    }
  }

  /// Takes part in what rank 0 computes and returns the exit code.
  ///
  /// What all ranks would say is left to rank 0.
  private static func follow(
    _ arguments: [String], in group: any ProcessGroup, complain: @escaping (String) -> Void
  ) async -> Int32 {
    do {
      guard let command = try parse(arguments, write: { _ in }), command.computes else { return 0 }
      let maker = try command.maker(in: group) { _ in }
      try await Interruption.cancelling { try await maker.follow() }
      return 0
    } catch {
      let figureError = error as? FigureError
      // Rank 0 has most likely found the same, and ends all when it has said so. Who is cancelled
      // meanwhile waits no longer, which is all that the sleep can throw.
      if figureError != nil || error is CancellationError {
        try? await Task.sleep(for: .seconds(10))
      }
      if error is CancellationError { return Interruption.exitCode }
      complain(oneLine("error: \(message(of: error))"))
      return figureError?.exitCode ?? 1
    }
  }

  /// The command, or nothing if it was a question that is answered.
  private static func parse(_ arguments: [String], write: (String) throws -> Void) throws -> Self? {
    do {
      return try Self.parse(arguments)
    } catch {
      guard exitCode(for: error).isSuccess else {
        let message = Self.message(for: error)
        throw FigureError.usage(
          "\(message.hasSuffix(".") ? String(message.dropLast()) : message); see \(F.name) --help")
      }
      try write(fullMessage(for: error) + "\n")
      return nil
    }
  }

  private func perform(
    in group: (any ProcessGroup)?, write: @escaping @Sendable (String) throws -> Void
  ) async throws {
    // Whatever else is asked may not be for this figure, and who asks may not know it yet.
    if describe { try FigureMaker<F>.describe(write) }
    let formats = try formats()
    for (option, file) in [
      ("--judge", judge), ("--abridge", abridge), ("--join", join), ("--render", render),
    ] where file == "" {
      throw FigureError.usage("\(option) names no file")
    }
    guard join == nil || abridge != nil else {
      throw FigureError.usage("--join goes with --abridge")
    }
    let maker = try maker(in: group, write: write)
    let output = maker.output
    if listRuns {
      try Self.sayingIfDataAreAbsent(write) { try maker.listRuns() }
    } else if describe {
      return
    } else if let judge {
      try maker.judge(URL(filePath: judge, relativeTo: Self.workingDirectory))
    } else if let abridge {
      try maker.abridge(
        URL(filePath: abridge, relativeTo: Self.workingDirectory),
        joining: join.map { URL(filePath: $0, relativeTo: Self.workingDirectory) })
    } else if let render {
      try maker.render(
        URL(filePath: render, relativeTo: Self.workingDirectory), in: output, formats: formats)
    } else if times {
      try maker.time(in: output)
    } else if !run.isEmpty {
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
    if computes { try await maker.runs.dismissFollowers() }
  }

  /// Whether runs are asked for, rather than something about them.
  private var computes: Bool {
    let isQuestion = listRuns || describe || judge != nil || abridge != nil || render != nil
    return !isQuestion && !times
  }

  private func maker(
    in group: (any ProcessGroup)?, write: @escaping @Sendable (String) throws -> Void
  ) throws -> FigureMaker<F> {
    let options = try options()
    if output == "" { throw FigureError.usage("--output names no folder") }
    let output =
      output.map {
        URL(filePath: $0, directoryHint: .isDirectory, relativeTo: Self.workingDirectory)
      } ?? ProjectFolder.output(from: Self.workingDirectory)
    return FigureMaker<F>(
      options: options, output: output,
      runs: RunStore(
        folder: output.appending(path: "runs"), workers: try workers(),
        progress: .standardError(isQuiet: quiet || group?.isFollower == true)
      ).shared(by: group), pageWidth: try pageWidth(), dotsPerInch: try dotsPerInch(),
      write: write)
  }

  private static var workingDirectory: URL {
    URL(filePath: FileManager.default.currentDirectoryPath, directoryHint: .isDirectory)
  }

  /// Lists runs, or says in a line of JSON that the data are not here, and ends with its exit code.
  private static func sayingIfDataAreAbsent(
    _ write: (String) throws -> Void, _ list: () throws -> Void
  ) throws {
    do {
      try list()
    } catch let error {
      guard let reason = reasonOfAbsence(error) else { throw error }
      try write(DataAbsenceLine(dataAbsent: reason).line)
      throw FigureError.dataAbsent(reason)
    }
  }

  private static func reasonOfAbsence(_ error: any Error) -> String? {
    switch error {
    case FigureError.dataAbsent(let reason): reason
    case let error as any DataAbsence where error.isAbsence: "\(error)"
    default: nil
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
