import Dispatch
import Synchronization

/// Workers on call, who stay awake for a moment after each job.
///
/// Replays that share their steps follow each other closely, such as the Hessian-vector products of
/// one spectral norm: to wake a thread takes longer than what lies between two of them. Who has
/// nothing to do watches for the next job for that moment and then gives the thread back, so that
/// an idle crew holds no thread and no core.
final class Crew: Sendable {
  /// What a worker does, by its number; the leader is number 0.
  typealias Job = @Sendable (_ worker: Int) -> Void

  /// How long a helper watches for another job, in nanoseconds: longer than it takes to copy
  /// arguments and results of a few megabytes, and shorter than anybody would notice.
  private static let patience: UInt64 = 300_000

  private struct Orders {
    var job: Job?
    /// The helpers that have to be sent for.
    var absent: [Int]
  }

  private let orders: Mutex<Orders>
  /// The number of jobs so far, by which helpers see that there is another one.
  private let jobs = Atomic<Int>(0)

  /// So many workers, the leader among them.
  init(workers: Int) {
    orders = Mutex(Orders(absent: Array(1..<max(workers, 1))))
  }

  /// Does a job as the leader, with the help of those who come in time.
  ///
  /// It does not wait for helpers, neither for their coming nor for their going. So the leader's
  /// part must return only when the rest is done, and whoever comes later must find nothing to do.
  func perform(_ job: @escaping Job) {
    let absent = orders.withLock { orders in
      defer { orders.absent = [] }
      orders.job = job
      jobs.wrappingAdd(1, ordering: .releasing)
      return orders.absent
    }
    for worker in absent {
      DispatchQueue.global(qos: .userInitiated).async { self.help(as: worker) }
    }
    job(0)
    orders.withLock { $0.job = nil }
  }

  private func help(as worker: Int) {
    var seen = 0
    repeat {
      let job = orders.withLock { orders in
        seen = jobs.load(ordering: .relaxed)
        return orders.job
      }
      job?(worker)
    } while isThereMore(after: seen) || !leave(worker, after: seen)
  }

  /// Watches for another job for a moment.
  private func isThereMore(after seen: Int) -> Bool {
    let start = DispatchTime.now().uptimeNanoseconds
    var spins = 0
    while jobs.load(ordering: .relaxed) == seen {
      Team.pause(&spins)
      if spins % 64 == 0, DispatchTime.now().uptimeNanoseconds - start > Self.patience {
        return false
      }
    }
    return true
  }

  /// Counts a helper among those to send for, unless there is another job.
  private func leave(_ worker: Int, after seen: Int) -> Bool {
    orders.withLock { orders in
      guard jobs.load(ordering: .relaxed) == seen else { return false }
      orders.absent.append(worker)
      return true
    }
  }
}
