import Experiments
import Foundation
import Testing

struct ConcurrentMapTests {
  struct Failure: Error, Equatable { let item: Int }

  /// Memory of a worker; not Sendable.
  final class Memory { var uses = 0 }

  @Test(arguments: [1, 2, 3, 8, 100])
  func valuesAreInOrder(workers: Int) async throws {
    let items = Array(0..<50)
    let values = try await concurrentMap(items, workers: workers, context: { Memory() }) {
      memory, item in
      memory.uses += 1
      usleep(UInt32(item * 7 % 11) * 50)
      return item * item
    }
    #expect(values == items.map { $0 * $0 })
  }

  @Test func nothingComesFromNothing() async throws {
    #expect(try await concurrentMap([Int](), workers: 4) { $0 } == [])
  }

  @Test func eachWorkerHasOneContext() async throws {
    let uses = try await concurrentMap(Array(0..<20), workers: 1, context: { Memory() }) {
      memory, _ in
      memory.uses += 1
      return memory.uses
    }
    #expect(uses == Array(1...20))
  }

  @Test(arguments: [1, 2, 4], 0..<10)
  func theFirstErrorInOrderIsThrown(workers: Int, round: Int) async throws {
    await #expect(throws: Failure(item: 5)) {
      try await concurrentMap(Array(0..<40), workers: workers) { item -> Int in
        usleep(item == 5 ? 2000 : 100)
        if item >= 5 { throw Failure(item: item) }
        return item
      }
    }
  }

  @Test func cancellationEndsIt() async throws {
    let task = Task {
      try await concurrentMap(Array(0..<100_000), workers: 2) { item in
        usleep(1000)
        return item
      }
    }
    try await Task.sleep(for: .milliseconds(20))
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test func functionsMayWait() async throws {
    let values = try await concurrentMap(Array(0..<10), workers: 4) { item in
      try await Task.sleep(for: .milliseconds(10 - item))
      return item + 1
    }
    #expect(values == Array(1...10))
  }
}
