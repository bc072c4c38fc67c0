import Foundation
import Synchronization

/// One replay by several workers: the tiles of a task graph, taken as they become ready.
///
/// Tasks are in the order of their latest start. Every other worker takes the first tile of the
/// first task that is ready, the others the last tile of the last. So one of them follows the
/// longest chain and finds in its cache what it has just written, others do what can wait, and
/// where there is one task only, they meet in its middle: what a worker reads is then mostly what it
/// wrote in the task before. Who does which tile changes nothing in the result, and if nobody else
/// ever comes, one worker does everything.
final class TaskQueue: Sendable {
  private struct State {
    /// Tasks that must be done before each and are not.
    var dependencyCounters: [Int]
    /// The tiles of each task that nobody has taken.
    var untaken: [Range<Int>]
    /// The tiles of each task that are not done.
    var undone: [Int]
    /// The tasks, in order, that have tiles to take and wait for nothing.
    var ready: [Int] = []
    /// Tasks that are not done.
    var left: Int
  }

  private let graph: TaskGraph
  private let state: Mutex<State>
  /// How many tasks are ready, for whoever waits; −1 when all are done.
  private let readyCount: Atomic<Int>

  /// A replay from a task on; all before are done.
  init(_ graph: TaskGraph, from first: Int = 0) {
    self.graph = graph
    let tasks = graph.tiles.indices
    var state = State(
      dependencyCounters: graph.dependencies.map { before in before.count { $0 >= first } },
      // Somebody has to say that a task is done, also one without tiles.
      untaken: graph.tiles.map { 0..<max($0, 1) }, undone: graph.tiles.map { max($0, 1) },
      left: tasks.count - first)
    state.ready = tasks[first...].filter { state.dependencyCounters[$0] == 0 }
    readyCount = Atomic(state.left == 0 ? -1 : state.ready.count)
    self.state = Mutex(state)
  }

  /// Does a worker's share: that is over when all tasks are done.
  ///
  /// `run`: does a tile of a task. `finish`: does what remains of a task after its last tile.
  func work(
    as worker: Int, _ run: (_ task: Int, _ tile: Int) -> Void,
    finish: (_ task: Int) -> Void = { _ in }
  ) {
    let isFirst = worker.isMultiple(of: 2)
    var spins = 0
    var next = take(first: isFirst)
    while readyCount.load(ordering: .acquiring) >= 0 {
      guard let (task, tile) = next else {
        Self.pause(&spins)
        if readyCount.load(ordering: .relaxed) > 0 { next = take(first: isFirst) }
        continue
      }
      spins = 0
      if tile < graph.tiles[task] { run(task, tile) }
      if graph.tiles[task] > 1 {
        var isDone = false
        (isDone, next) = take(afterTileOf: task, first: isFirst)
        guard isDone else { continue }
      }
      finish(task)
      next = take(afterAllOf: task, first: isFirst)
    }
  }

  /// The next tile, if there is one.
  private func take(first: Bool) -> (task: Int, tile: Int)? {
    state.withLock { take(first: first, &$0) }
  }

  /// The next tile after one of a task, unless that was the task's last.
  private func take(
    afterTileOf task: Int, first: Bool
  ) -> (isDone: Bool, next: (task: Int, tile: Int)?) {
    state.withLock { state in
      state.undone[task] -= 1
      return state.undone[task] == 0 ? (true, nil) : (false, take(first: first, &state))
    }
  }

  /// The next tile after a task that is done.
  private func take(afterAllOf task: Int, first: Bool) -> (task: Int, tile: Int)? {
    state.withLock { state in
      state.left -= 1
      for other in graph.successors[task] {
        state.dependencyCounters[other] -= 1
        guard state.dependencyCounters[other] == 0 else { continue }
        let place = state.ready.firstIndex { $0 > other } ?? state.ready.count
        state.ready.insert(other, at: place)
      }
      return take(first: first, &state)
    }
  }

  private func take(first: Bool, _ state: inout State) -> (task: Int, tile: Int)? {
    defer {
      readyCount.store(state.left == 0 ? -1 : state.ready.count, ordering: .releasing)
    }
    guard let task = first ? state.ready.first : state.ready.last else { return nil }
    let tiles = state.untaken[task]
    let tile = first ? tiles.lowerBound : tiles.upperBound - 1
    state.untaken[task] = first ? tiles.dropFirst() : tiles.dropLast()
    if tiles.count == 1 {
      if first { state.ready.removeFirst() } else { state.ready.removeLast() }
    }
    return (task, tile)
  }

  /// Waits a little; after a while lets others have the processor.
  private static func pause(_ spins: inout Int) {
    spins += 1
    if spins > 4_000 { sched_yield() }
  }
}
