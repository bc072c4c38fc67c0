import Dispatch
import Foundation
import Synchronization

/// Ctrl-C and the system's request to end, as the cancellation of a task.
public enum Interruption {
  /// The exit code of a process that was interrupted.
  public static let exitCode: Int32 = 130

  /// Runs something that SIGINT, SIGTERM and SIGHUP cancel, so that it can end in order.
  ///
  /// What has a checkpoint keeps it. A second signal ends the process at once, unless it follows so
  /// closely that it is the same request: supervisors signal a process and then its whole group. A
  /// SIGHUP that somebody has asked to ignore (`nohup`) stays ignored.
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
    let request = Request()
    let numbers = [SIGINT, SIGTERM] + (isIgnored(SIGHUP) ? [] : [SIGHUP])
    var sources: [any DispatchSourceSignal] = []
    for number in numbers {
      sources.append(
        await source(of: number) {
          if request.isRepeated() { _exit(exitCode) }
          task.cancel()
        })
    }
    defer {
      for source in sources { source.cancel() }
      for number in numbers { signal(number, SIG_DFL) }
    }
    starting.finish()
    return try await withTaskCancellationHandler {
      try await task.value
    } onCancel: {
      task.cancel()
    }
  }

  /// Whether a signal is ignored by this process.
  package static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(number, nil, &action) == 0 else { return false }
    #if canImport(Darwin)
      let handler = action.__sigaction_u.__sa_handler
    #else
      let handler = action.__sigaction_handler.sa_handler
    #endif
    return unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
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

/// The first request to end, and whether another one means it.
private final class Request: Sendable {
  private let first = Mutex<ContinuousClock.Instant?>(nil)

  func isRepeated() -> Bool {
    first.withLock { first in
      let now = ContinuousClock.now
      defer { first = first ?? now }
      return first.map { now - $0 > .milliseconds(500) } ?? false
    }
  }
}
