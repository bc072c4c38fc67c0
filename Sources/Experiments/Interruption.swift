import Dispatch
import Foundation
import Synchronization

/// Ctrl-C and the system's request to end, as the cancellation of a task.
public enum Interruption {
  /// The exit code of a process that was interrupted.
  public static let exitCode: Int32 = 130

  /// Runs something that SIGINT and SIGTERM cancel, so that it can end in order.
  ///
  /// What has a checkpoint keeps it. A second signal ends the process at once.
  ///
  /// - Throws: What the body throws: `CancellationError` if it stopped because of a signal.
  public static func cancelling<Value: Sendable>(
    _ body: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    let (start, starting) = AsyncStream<Never>.makeStream()
    let task = Task {
      for await _ in start {}
      return try await body()
    }
    let count = SignalCount()
    var sources: [any DispatchSourceSignal] = []
    for number in [SIGINT, SIGTERM] {
      sources.append(
        await source(of: number) {
          if count.increment() > 1 { _exit(exitCode) }
          task.cancel()
        })
    }
    defer {
      for source in sources { source.cancel() }
      for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
    }
    starting.finish()
    return try await withTaskCancellationHandler {
      try await task.value
    } onCancel: {
      task.cancel()
    }
  }

  /// A source that listens by the time it is returned.
  ///
  /// Its queue has a thread of its own: those that tasks share may all be busy computing, until
  /// long after somebody has lost patience.
  private static func source(
    of number: Int32, _ handler: @escaping @Sendable () -> Void
  ) async -> any DispatchSourceSignal {
    // The default action would end the process before the source hears of the signal.
    signal(number, SIG_IGN)
    let source = DispatchSource.makeSignalSource(
      signal: number, queue: DispatchQueue(label: "signal \(number)"))
    source.setEventHandler(handler: handler)
    await withCheckedContinuation { continuation in
      source.setRegistrationHandler { continuation.resume() }
      source.resume()
    }
    return source
  }
}

private final class SignalCount: Sendable {
  private let value = Atomic<Int>(0)

  func increment() -> Int { value.wrappingAdd(1, ordering: .relaxed).newValue }
}
