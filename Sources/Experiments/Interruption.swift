import Dispatch
import Foundation

/// Ctrl-C and the system's request to end, as the cancellation of a task.
public enum Interruption {
  /// The exit code of a process that was interrupted.
  public static let exitCode: Int32 = 130

  /// Runs something that SIGINT and SIGTERM cancel, so that it can end in order.
  ///
  /// What has a checkpoint keeps it. A second signal ends the process at once.
  public static func cancelling<Value: Sendable>(
    _ body: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    let task = Task { try await body() }
    let sources = [SIGINT, SIGTERM].map { number in
      // The default action would end the process before the source hears of the signal.
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { if task.isCancelled { _exit(exitCode) } else { task.cancel() } }
      source.resume()
      return source
    }
    defer {
      for source in sources { source.cancel() }
      for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
    }
    return try await withTaskCancellationHandler {
      try await task.value
    } onCancel: {
      task.cancel()
    }
  }
}
