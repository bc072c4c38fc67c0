import Foundation
import Testing

@testable import Experiments

/// What a run took is what its own work took of processors, however many others go on beside it.
struct RunCostTests {
  /// Work that takes some processor time, and other work that it asks for.
  struct Chore: Experiment {
    static let name = "chore"
    var milliseconds: Int
    var asksFor: [Int] = []
    var workers = 1

    func run(_ context: RunContext) async throws -> Double {
      let (milliseconds, runs) = (milliseconds, context.runs)
      let parts = try await concurrentMap(Array(0..<workers), workers: workers) { _ in
        Self.work(milliseconds)
      }
      let asked = try await concurrentMap(asksFor, workers: 2) {
        try await runs.outcome(of: Chore(milliseconds: $0))
      }
      // Half before and half after the others; no task is on one thread from its beginning to its end.
      return Self.work(milliseconds) + parts.reduce(0, +) + asked.reduce(0, +)
    }

    /// Something that takes that long of a processor, as the thread's own clock says.
    private static func work(_ milliseconds: Int) -> Double {
      let end = threadTime() + Double(milliseconds) / 1000
      var value = 1.0
      while threadTime() < end { for _ in 0..<1000 { value = sin(value) + 1 } }
      return value
    }

    private static func threadTime() -> Double {
      var time = timespec()
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
      return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
  }

  private func cost(_ chore: Chore, in store: RunStore) throws -> RunCost {
    try #require(try store.stored(RunKey(of: chore)).cost)
  }

  @Test func nestedRunsHaveTheirOwnTime() async throws {
    let scratch = try Scratch()
    let outer = Chore(milliseconds: 50, asksFor: [200, 300])
    _ = try await scratch.store.outcome(of: outer)
    let inner = try [200, 300].map { try cost(Chore(milliseconds: $0), in: scratch.store) }
    #expect(abs(try cost(outer, in: scratch.store).processorSeconds - 0.1) < 0.03)
    #expect(abs(inner[0].processorSeconds - 0.4) < 0.03)
    #expect(abs(inner[1].processorSeconds - 0.6) < 0.03)
    #expect(inner[0].peakBytes > 1_000_000 && !inner[0].isResumed)
  }

  @Test func allWorkersCount() async throws {
    let scratch = try Scratch()
    let chore = Chore(milliseconds: 100, workers: 3)
    _ = try await scratch.store.outcome(of: chore)
    #expect(abs(try cost(chore, in: scratch.store).processorSeconds - 0.4) < 0.03)
  }

  /// More runs at once than there are processors: each has what it used, not what it waited.
  @Test func runsSideBySideAreToldApart() async throws {
    let scratch = try Scratch()
    let chores = (1...8).map { Chore(milliseconds: 20 * $0) }
    let store = scratch.store
    _ = try await concurrentMap(chores, workers: 8) { try await store.outcome(of: $0) }
    for chore in chores {
      let expected = 2 * Double(chore.milliseconds) / 1000
      #expect(abs(try cost(chore, in: store).processorSeconds - expected) < 0.03)
    }
    #expect(store.computedCount == 8)
  }

  @Test func waitingCostsNothing() async throws {
    struct Nap: Experiment {
      static let name = "nap"
      func run(_ context: RunContext) async throws -> Int {
        try await Task.sleep(for: .milliseconds(200))
        return 1
      }
    }
    let scratch = try Scratch()
    _ = try await scratch.store.outcome(of: Nap())
    let cost = try #require(try scratch.store.stored(RunKey(of: Nap())).cost)
    #expect(cost.processorSeconds < 0.1)
  }

  /// What a run builds on is known later, whether it was stored before or not.
  @Test func foundationsAreFound() async throws {
    let scratch = try Scratch()
    let store = scratch.store
    _ = try await store.outcome(of: Chore(milliseconds: 2))
    let outer = try [[1, 2], [2, 3]].map { try PlannedRun(Chore(milliseconds: 1, asksFor: $0)) }
    try await store.complete(outer)
    let all = try #require(try store.runsWithFoundations(outer.map(\.key))).map(\.key)
    let inner = try (1...3).map { try RunKey(of: Chore(milliseconds: $0)) }
    #expect(all == (outer.map(\.key) + inner).sorted())
    #expect(store.computedCount == 5)
    _ = try store.moveToTrashIfIdle(inner[1])
    #expect(try store.runsWithFoundations(outer.map(\.key)) == nil)
    // A run that is gone builds on nothing; one that is not finished does not tell.
    let known = try store.foundations(of: outer.map(\.key))
    #expect(known.keys == Set(all) && known.areComplete)
    let outcome = store.folder(of: outer[0].key).appending(path: "outcome.json")
    try FileManager.default.removeItem(at: outcome)
    #expect(try !store.foundations(of: outer.map(\.key)).areComplete)
  }
}
