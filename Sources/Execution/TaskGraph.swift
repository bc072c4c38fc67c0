/// What must be done before what in a shared replay: the same in every replay of a plan.
///
/// A task is a step of the plan; its tiles may run in any order, by any worker.
struct TaskGraph: Sendable {
  /// The tiles of each task; tasks are in the order of their latest start.
  let tiles: [Int]
  /// The tasks that must be done before each, all with lower numbers.
  let dependencies: [[Int]]
  /// The tasks that wait for each.
  let successors: [[Int]]

  /// Tasks of so many tiles each, which wait for others.
  init(tiles: [Int] = [], dependencies: [[Int]] = []) {
    precondition(
      dependencies.enumerated().allSatisfy { task, before in before.allSatisfy { $0 < task } },
      "a task waits for one that starts later")
    self.tiles = tiles
    self.dependencies = dependencies
    var successors = Array(repeating: [Int](), count: tiles.count)
    for (task, before) in dependencies.enumerated() {
      for other in before { successors[other].append(task) }
    }
    self.successors = successors
  }
}
