import Experiments
import Foundation
import Testing

struct WorkersTests {
  final class Context {
    var calls = 0
  }

  @Test(arguments: [1, 2, 5])
  func valuesComeInOrderAtEveryTurn(workers: Int) async throws {
    let sums = try await withWorkers(
      workers, context: { Context() },
      work: { (_: Context, item: Int) in item * item }
    ) { workers in
      var sums: [[Int]] = []
      for turn in 0..<20 { sums.append(try await workers.map(Array(turn..<turn + 7))) }
      return sums
    }
    #expect(sums == (0..<20).map { turn in (turn..<turn + 7).map { $0 * $0 } })
  }

  @Test func contextsLiveThroughAllTurns() async throws {
    let calls = try await withWorkers(
      1, context: { Context() },
      work: { (context: Context, _: Int) in
        context.calls += 1
        return context.calls
      }
    ) { workers in
      _ = try await workers.map([0, 0, 0])
      return try await workers.map([0, 0])
    }
    #expect(calls == [4, 5])
  }

  struct Failure: Error, Equatable { var item: Int }

  @Test(arguments: [1, 3])
  func theFirstErrorIsThrown(workers: Int) async throws {
    await #expect(throws: Failure(item: 4)) {
      try await withWorkers(
        workers, context: {},
        work: { (_: Void, item: Int) in if item >= 4 { throw Failure(item: item) } }
      ) { _ = try await $0.map(Array(0..<9)) }
    }
  }

  @Test func fewerItemsThanWorkers() async throws {
    let found = try await withWorkers(4, context: {}, work: { (_: Void, item: Int) in item }) {
      let none = try await $0.map([])
      return none + (try await $0.map([8]))
    }
    #expect(found == [8])
  }

  @Test func cancellationEndsTheLoop() async throws {
    let task = Task {
      try await withWorkers(2, context: {}, work: { (_: Void, item: Int) in item }) {
        while true { _ = try await $0.map([1, 2, 3]) }
      }
    }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  /// A gradient of some of a batch's items would be a wrong one.
  @Test(arguments: 0..<20)
  func cancellationLeavesNoItemOut(milliseconds: Int) async throws {
    let task = Task {
      try await withWorkers(
        2, context: {},
        work: { (_: Void, item: Int) in
          usleep(3000)
          return item
        }
      ) { workers in
        for _ in 0..<20 {
          let values = try await workers.map([1, 2, 3, 4])
          #expect(values == [1, 2, 3, 4])
        }
      }
    }
    try await Task.sleep(for: .milliseconds(milliseconds))
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }
}
