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
    let (signals, continuation) = AsyncStream<Never>.makeStream()
    let count = SignalCount()
    var sources: [any DispatchSourceSignal] = []
    for number in [SIGINT, SIGTERM] {
      sources.append(
        await source(of: number) {
          if count.increment() > 1 { _exit(exitCode) }
          continuation.finish()
        })
    }
    defer {
      for source in sources { source.cancel() }
      for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
    }
    return try await withThrowingTaskGroup(of: Value?.self) { group in
      group.addTask { try await body() }
      group.addTask {
        for await _ in signals {}
        return nil
      }
      while let value = try await group.next() {
        // Either the body is done or a signal came; the other one has to end.
        group.cancelAll()
        if let value { return value }
      }
      throw CancellationError()
    }
  }

  /// A source that listens by the time it is returned.
  private static func source(
    of number: Int32, _ handler: @escaping @Sendable () -> Void
  ) async -> any DispatchSourceSignal {
    // The default action would end the process before the source hears of the signal.
    signal(number, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
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
