import Foundation
import Synchronization

/// Several workers on one replay: the parts of each step are shared out as they become free.
///
/// For one big step at a time, a batch of ordinary training or a Hessian-vector product; episodes
/// have a replay each. The leader walks through the steps; helpers take parts of the step that it
/// has announced. Who does which part changes nothing in the result, and if no helper ever comes,
/// the leader does everything.
final class Team: Sendable {
  /// The announced step in the upper half, the next part of it in the lower.
  private let cursor = Atomic<UInt64>(UInt64(UInt32.max >> 1))
  private let finished = Atomic<Int>(0)

  private let units: [Int]

  /// Workers for steps of so many parts each.
  init(units: [Int]) { self.units = units }

  /// Announces one step after the other, and returns when all are done.
  ///
  /// - Parameters:
  ///   - work: does one part of a step.
  ///   - finish: does what remains of a step after its last part.
  func lead(work: (_ step: Int, _ unit: Int) -> Void, finish: (_ step: Int) -> Void) {
    for step in units.indices {
      if units[step] == 1 {
        work(step, 0)
      } else {
        finished.store(0, ordering: .relaxed)
        cursor.store(UInt64(step) << 32, ordering: .releasing)
        while take(work) {}
        var spins = 0
        while finished.load(ordering: .acquiring) < units[step] { Self.pause(&spins) }
      }
      finish(step)
    }
    cursor.store(UInt64(units.count) << 32, ordering: .releasing)
  }

  /// Takes parts of whatever is announced, until the leader is done.
  func help(work: (_ step: Int, _ unit: Int) -> Void) {
    var spins = 0
    while Int(cursor.load(ordering: .acquiring) >> 32) < units.count {
      if take(work) { spins = 0 } else { Self.pause(&spins) }
    }
  }

  /// Does a part of the announced step, if one is left.
  private func take(_ work: (Int, Int) -> Void) -> Bool {
    let seen = cursor.load(ordering: .acquiring)
    guard isOpen(seen) else { return false }
    let taken = cursor.wrappingAdd(1, ordering: .acquiringAndReleasing).oldValue
    guard isOpen(taken) else { return false }
    work(Int(taken >> 32), Int(taken & 0xffff_ffff))
    finished.wrappingAdd(1, ordering: .releasing)
    return true
  }

  private func isOpen(_ cursor: UInt64) -> Bool {
    let step = Int(cursor >> 32)
    return step < units.count && Int(cursor & 0xffff_ffff) < units[step]
  }

  /// Waits a little; after a while lets others have the processor.
  private static func pause(_ spins: inout Int) {
    spins += 1
    if spins > 4_000 {
      sched_yield()
    }
  }
}
