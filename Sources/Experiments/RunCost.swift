import Foundation
import Synchronization

/// What a run took: kept apart from its outcome, since times are no results.
public struct RunCost: Codable, Equatable, Sendable {
  /// The time on the clock, without that of the runs that it asked for.
  public var seconds: Double
  /// How many workers it had.
  public var workers: Int
  /// The most memory that the process had held by then, in bytes.
  public var peakBytes: Int
  /// Whether it went on from a checkpoint, so that the time is only that of the rest.
  public var isResumed: Bool

  /// The time that one worker alone would have taken, about.
  public var coreSeconds: Double { seconds * Double(workers) }

  /// The most memory that this process has held so far, in bytes.
  static var peakBytesSoFar: Int {
    var usage = rusage()
    #if canImport(Darwin)
      let (code, unit) = (getrusage(RUSAGE_SELF, &usage), 1)
    #else
      let (code, unit) = (getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage), 1024)
    #endif
    return code == 0 ? Int(usage.ru_maxrss) * unit : 0
  }
}

/// The time that a run has spent waiting for the runs that it asked for.
final class NestedTime: Sendable {
  private let nanoseconds = Atomic<Int64>(0)

  func add(_ duration: Duration) {
    nanoseconds.wrappingAdd(Int64(duration / .nanoseconds(1)), ordering: .relaxed)
  }

  var total: Duration { .nanoseconds(nanoseconds.load(ordering: .relaxed)) }
}
