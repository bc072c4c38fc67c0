import Dispatch
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Execution

@Suite("Task queues: tiles taken as they become ready")
struct TaskQueueTests {
  /// A graph of a dozen tasks, some of them without tiles.
  private static func randomGraph(_ numbers: inout TestNumbers) -> TaskGraph {
    let count = Int(numbers.next(in: 1...14))
    let dependencies = (0..<count).map { task in
      (0..<task).filter { _ in numbers.next(in: 0...1) < 0.25 }
    }
    let tiles = (0..<count).map { _ in Int(numbers.next(in: 0...5.99)) }
    return TaskGraph(tiles: tiles, dependencies: dependencies)
  }

  /// What happened: the tiles in order, and −1 where a task was finished.
  private static func log(
    _ graph: TaskGraph, from first: Int = 0, workers: Int, seed: Int
  ) -> [(task: Int, tile: Int)] {
    let queue = TaskQueue(graph, from: first)
    let log = Mutex<[(task: Int, tile: Int)]>([])
    DispatchQueue.concurrentPerform(iterations: workers) { worker in
      var pauses = TestNumbers(seed: UInt64(seed * 8 + worker))
      queue.work(as: worker) { task, tile in
        // Now and then somebody is slow.
        for _ in 0..<Int(max(pauses.next(in: -3...3), 0)) { sched_yield() }
        log.withLock { $0.append((task, tile)) }
      } finish: { task in
        log.withLock { $0.append((task, -1)) }
      }
    }
    return log.withLock { $0 }
  }

  /// Why a log is wrong; nil if it is right.
  private static func fault(
    in log: [(task: Int, tile: Int)], of graph: TaskGraph, from first: Int = 0
  ) -> String? {
    for (task, count) in graph.tiles.enumerated() {
      let tiles = log.filter { $0.task == task }.map(\.tile)
      if task < first {
        if !tiles.isEmpty { return "task \(task) was done before" }
        continue
      }
      if tiles.sorted() != Array(-1..<count) { return "task \(task) ran tiles \(tiles)" }
      if tiles.last != -1 { return "task \(task) was finished before its last tile" }
      guard let begin = log.firstIndex(where: { $0.task == task }) else { continue }
      for before in graph.dependencies[task] where before >= first {
        guard let end = log.firstIndex(where: { $0 == (before, -1) }), end < begin else {
          return "task \(task) did not wait for task \(before)"
        }
      }
    }
    return nil
  }

  /// Ten thousand graphs in all.
  @Test(arguments: 1...4)
  func everyTileRunsOnceAfterWhatItWaitsFor(_ workers: Int) {
    var numbers = TestNumbers(seed: UInt64(workers))
    for seed in 0..<2_500 {
      let graph = Self.randomGraph(&numbers)
      let fault = Self.fault(in: Self.log(graph, workers: workers, seed: seed), of: graph)
      #expect(fault == nil)
    }
  }

  @Test(arguments: 1...3)
  func whatIsDoneAlreadyIsNotDoneAgain(_ workers: Int) {
    let graph = TaskGraph(tiles: [2, 1, 3, 1], dependencies: [[], [0], [1], [0, 2]])
    for first in 0...4 {
      let log = Self.log(graph, from: first, workers: workers, seed: first)
      #expect(Self.fault(in: log, of: graph, from: first) == nil)
    }
  }

  @Test func workersBeginAtEitherEnd() {
    let graph = TaskGraph(tiles: [2, 2, 1], dependencies: [[], [], [0, 1]])
    func order(_ worker: Int) -> [[Int]] {
      let log = Mutex<[[Int]]>([])
      TaskQueue(graph).work(as: worker) { task, tile in log.withLock { $0.append([task, tile]) } }
      return log.withLock { $0 }
    }
    #expect(order(0) == [[0, 0], [0, 1], [1, 0], [1, 1], [2, 0]])
    #expect(order(1) == [[1, 1], [1, 0], [0, 1], [0, 0], [2, 0]])
  }

  @Test func whoComesLateFindsNothingToDo() {
    let queue = TaskQueue(TaskGraph(tiles: [3, 1], dependencies: [[], [0]]))
    let count = Mutex(0)
    for worker in 0..<2 { queue.work(as: worker) { _, _ in count.withLock { $0 += 1 } } }
    #expect(count.withLock { $0 } == 4)
  }
}
