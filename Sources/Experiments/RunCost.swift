import Foundation
import Synchronization

/// What a run took: kept apart from its outcome, since times are no results.
public struct RunCost: Codable, Equatable, Sendable {
  /// The processor time of all its workers, without that of the runs that it asked for.
  ///
  /// A busy machine makes a run last longer, but does not add to this.
  public var processorSeconds: Double
  /// How many workers it had.
  public var workers: Int
  /// The most memory that the process had held by then, in bytes.
  public var peakBytes: Int
  /// Whether it went on from a checkpoint or stopped at one, so that the time is that of a part.
  public var isResumed: Bool
  /// The runs that it asked for, whether they were stored or not; each has a cost of its own.
  public var runs: [RunKey]

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

/// The runs that a run has asked for.
final class NestedRuns: Sendable {
  private let keys = Mutex<Set<RunKey>>([])

  func insert(_ key: RunKey) { _ = keys.withLock { $0.insert(key) } }

  var sorted: [RunKey] { keys.withLock { $0.sorted() } }
}

/// How many runs have been computed here.
final class RunCount: Sendable {
  private let count = Atomic<Int>(0)

  func increment() { count.wrappingAdd(1, ordering: .relaxed) }

  var value: Int { count.load(ordering: .relaxed) }
}
