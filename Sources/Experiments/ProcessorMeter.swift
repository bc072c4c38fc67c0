import Dispatch
import Foundation
import Synchronization

/// The processor time that a task and its children use, whatever else the process does meanwhile.
///
/// A task runs in pieces, each on one thread from one suspension to the next. All pieces of a task
/// that prefers this executor pass through it, and it adds up what the clock of their threads says.
/// Tasks within that prefer another meter are measured by that one alone. The time that a piece
/// waits for a processor, because the machine is busy, is in neither.
final class ProcessorMeter: TaskExecutor {
  private let nanoseconds = Atomic<Int64>(0)
  /// The pieces that have not ended.
  private let pieces = Atomic<Int>(0)

  /// The value of a function, and the seconds of processor time that it took.
  static func measure<Value: Sendable>(
    _ body: @Sendable () async throws -> Value
  ) async throws -> (value: Value, seconds: Double) {
    let meter = ProcessorMeter()
    let value = try await withTaskExecutorPreference(meter) { try await body() }
    return (value, await meter.seconds())
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    pieces.wrappingAdd(1, ordering: .relaxed)
    DispatchQueue.global().async {
      let start = Self.threadTime()
      job.runSynchronously(on: self.asUnownedTaskExecutor())
      self.nanoseconds.wrappingAdd(Self.threadTime() - start, ordering: .relaxed)
      self.pieces.wrappingSubtract(1, ordering: .releasing)
    }
  }

  /// The time so far; the last piece ends a moment after what it has computed is there.
  private func seconds() async -> Double {
    while pieces.load(ordering: .acquiring) > 0 { await Task.yield() }
    return Double(nanoseconds.load(ordering: .relaxed)) / 1e9
  }

  private static func threadTime() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}
