import Foundation
import Testing

@testable import Experiments

/// Several tasks and processes with one store, and processes that die.
struct SharedStoreTests {
  @Test func tasksDoARunOnce() async throws {
    let scratch = try Scratch()
    let store = scratch.store
    let outcomes = try await concurrentMap(Array(0..<8), workers: 8) { _ in
      try await store.outcome(of: Walk())
    }
    #expect(Set(outcomes.map(\.positions)).count == 1)
    #expect(Walk.computedEpochs(in: store) == Array(1...6))
  }

  @Test func processesDoARunOnce() async throws {
    let scratch = try Scratch()
    let path = scratch.store.folder.path
    async let first: Void = Self.expectAWalk(in: path)
    async let second: Void = Self.expectAWalk(in: path)
    async let third: Void = Self.expectAWalk(in: path)
    _ = await (first, second, third)
    #expect(Walk.computedEpochs(in: scratch.store) == Array(1...6))
    #expect(try scratch.store.contains(RunKey(of: Walk())))
  }

  /// Two hosts with the same list share it, instead of one following the other.
  @Test(.timeLimit(.minutes(1)), arguments: [1, 2])
  func whatSomebodyElseIsDoingComesLast(workers: Int) async throws {
    let scratch = try Scratch()
    let store = scratch.store.withWorkers(workers)
    let planned = try (1...6).map { try PlannedRun(Walk(seed: $0)) }
    let first = store.folder(of: planned[0].key)
    try AtomicFile.makeFolder(first)
    let claim = try #require(
      try RunLock.attempt(first.appending(path: RunStore.claimName)))
    let task = Task { try await store.complete(planned) }
    while !planned.dropFirst().allSatisfy({ store.contains($0.key) }) {
      try await Task.sleep(for: .milliseconds(5))
    }
    #expect(!store.contains(planned[0].key))
    claim.release()
    try await task.value
    #expect(store.contains(planned[0].key))
  }

  private static func expectAWalk(in path: String) async {
    await #expect(processExitsWith: .success) { [path = path as String] in
      setenv("WALK_IS_SLOW", "1", 1)
      let store = RunStore(folder: URL(filePath: path), progress: .silent)
      _ = try await store.outcome(of: Walk())
    }
  }

  @Test(arguments: [3, 11, 24, 42, 61, 87, 104])
  func aKilledRunGoesOnToTheSameBytes(milliseconds: Int) async throws {
    let undisturbed = try Scratch()
    let outcome = try await undisturbed.store.outcome(of: Walk())
    let scratch = try Scratch()
    let path = scratch.store.folder.path
    for _ in 0..<2 {
      await #expect(processExitsWith: .signal(SIGKILL)) {
        [path = path as String, milliseconds = milliseconds as Int] in
        setenv("WALK_IS_SLOW", "1", 1)
        Thread.detachNewThread {
          usleep(UInt32(milliseconds) * 1000)
          kill(getpid(), SIGKILL)
        }
        let store = RunStore(folder: URL(filePath: path), progress: .silent)
        _ = try await store.outcome(of: Walk())
        // Reached only if all of it was faster than the blow.
        kill(getpid(), SIGKILL)
      }
    }
    #expect(try await scratch.store.outcome(of: Walk()) == outcome)
    #expect(
      try Scratch.files(in: scratch.folder(of: Walk()))
        == Scratch.files(in: undisturbed.folder(of: Walk())))
    // Each of the two kills costs at most the epoch under way.
    #expect(Walk.computedEpochs(in: scratch.store).count <= 6 + 2)
  }

  @Test func aLockEndsWithItsProcess() async throws {
    let scratch = try Scratch()
    let file = scratch.folder.appending(path: "claim")
    let path = file.path
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      let lock = try RunLock.attempt(URL(filePath: path))
      guard lock != nil else { exit(1) }
      kill(getpid(), SIGKILL)
    }
    let lock = try #require(try RunLock.attempt(file))
    #expect(try RunLock.attempt(file) == nil)
    lock.release()
    #expect(try RunLock.attempt(file) != nil)
  }

  @Test func aWaitingTaskCanBeCancelled() async throws {
    let scratch = try Scratch()
    let file = scratch.folder.appending(path: "claim")
    let lock = try #require(try RunLock.attempt(file))
    let waiting = Task { try await RunLock.acquire(file) {}.release() }
    try await Task.sleep(for: .milliseconds(20))
    waiting.cancel()
    await #expect(throws: CancellationError.self) { try await waiting.value }
    lock.release()
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
  func aRequestToEndEndsInOrder(signal: Int32) async throws {
    await #expect(processExitsWith: .exitCode(130)) { [signal] in
      do {
        try await Interruption.cancelling {
          kill(getpid(), signal)
          try await Task.sleep(for: .seconds(60))
        }
      } catch is CancellationError {
        exit(Interruption.exitCode)
      }
    }
  }

  /// A supervisor signals a process, and then its group once more.
  @Test func theSameRequestTwiceEndsInOrder() async throws {
    await #expect(processExitsWith: .exitCode(7)) {
      do {
        try await Interruption.cancelling {
          kill(getpid(), SIGTERM)
          while !Task.isCancelled { usleep(1000) }
          kill(getpid(), SIGTERM)
          usleep(100_000)
          try Task.checkCancellation()
        }
      } catch is CancellationError {
        exit(7)
      }
    }
  }

  /// Threads that compute without a pause leave none to hear of a signal.
  @Test func controlCReachesThoseWhoNeverWait() async throws {
    await #expect(processExitsWith: .exitCode(130)) {
      Thread.detachNewThread {
        usleep(100_000)
        kill(getpid(), SIGINT)
        sleep(30)
        _exit(1)
      }
      do {
        try await Interruption.cancelling {
          try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 * ProcessInfo.processInfo.activeProcessorCount {
              group.addTask { while true { try Task.checkCancellation() } }
            }
            try await group.waitForAll()
          }
        }
      } catch is CancellationError {
        exit(Interruption.exitCode)
      }
    }
  }

  @Test func aSecondControlCEndsAtOnce() async throws {
    await #expect(processExitsWith: .exitCode(130)) {
      try await Interruption.cancelling {
        kill(getpid(), SIGTERM)
        while !Task.isCancelled { usleep(1000) }
        usleep(600_000)
        kill(getpid(), SIGINT)
        sleep(60)
      }
    }
  }
}
