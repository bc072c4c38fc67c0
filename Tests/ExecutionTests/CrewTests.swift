import Foundation
import Synchronization
import Testing

@testable import Execution

@Suite("Workers on call")
struct CrewTests {
  /// Counts how often each worker has done something.
  private final class Counts: Sendable {
    private let counts: Mutex<[Int: Int]> = Mutex([:])

    func add(_ worker: Int) { counts.withLock { $0[worker, default: 0] += 1 } }
    subscript(_ worker: Int) -> Int { counts.withLock { $0[worker] ?? 0 } }
  }

  @Test(arguments: 1...4)
  func everyoneDoesAJobOnceAtMost(_ workers: Int) {
    let crew = Crew(workers: workers)
    for _ in 0..<200 {
      let counts = Counts()
      crew.perform { counts.add($0) }
      #expect(counts[0] == 1)
      for worker in 1..<5 { #expect(counts[worker] <= (worker < workers ? 1 : 0)) }
    }
  }

  @Test func theLeaderDoesNotWaitForHelpers() {
    let crew = Crew(workers: 2)
    let mayGo = DispatchSemaphore(value: 0)
    let counts = Counts()
    crew.perform { worker in
      if worker > 0 { mayGo.wait() }
      counts.add(worker)
    }
    #expect(counts[0] == 1 && counts[1] == 0)
    mayGo.signal()
  }

  /// The second job comes while the helper watches for it, the others when it has gone.
  @Test func whoHasGoneIsSentForAgain() {
    let crew = Crew(workers: 2)
    for pause: UInt32 in [0, 0, 5_000, 5_000] {
      usleep(pause)
      let hasCome = DispatchSemaphore(value: 0)
      crew.perform { worker in
        if worker > 0 {
          hasCome.signal()
        } else {
          #expect(hasCome.wait(timeout: .now() + 60) == .success)
        }
      }
    }
  }

  @Test func whoComesLateFindsNothingToDo() {
    let team = Team(Agenda(units: [3, 1, 2]))
    let counts = Counts()
    team.work(as: 0) { step, _ in counts.add(step) }
    #expect([0, 1, 2].map { counts[$0] } == [3, 1, 2])
    team.work(as: 1) { _, _ in counts.add(3) }
    #expect(counts[3] == 0)
  }
}
