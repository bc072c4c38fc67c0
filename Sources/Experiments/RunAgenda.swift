/// Which of some runs comes next, while others are under way.
struct RunAgenda {
  /// The runs, each after those that it builds on.
  private let runs: [PlannedRun]
  private let workers: Int
  private let memory: Int
  /// The seconds from the beginning of a run to the end of all that build on it.
  private let ways: [Double]
  /// For each run that waits, how many of those that it builds on are not done.
  private var open: [Int]
  private let dependents: [[Int]]
  private var waiting: Set<Int>
  private var active: [Int: Int] = [:]
  private var errors: [Int: any Error] = [:]

  init(_ runs: [PlannedRun], workers: Int, memory: Int) {
    (self.runs, self.workers, self.memory) = (runs, workers, memory)
    let places = Dictionary(uniqueKeysWithValues: runs.indices.map { (runs[$0].key, $0) })
    var dependents = [[Int]](repeating: [], count: runs.count)
    open = runs.map { run in Set(run.foundations.compactMap { places[$0] }).count }
    for (index, run) in runs.enumerated() {
      for place in Set(run.foundations.compactMap({ places[$0] })) {
        dependents[place].append(index)
      }
    }
    var ways = [Double](repeating: 0, count: runs.count)
    for index in runs.indices.reversed() {
      let after = dependents[index].map { ways[$0] }.max() ?? 0
      ways[index] = (runs[index].estimatedSeconds ?? 0) + after
    }
    (self.ways, self.dependents, waiting) = (ways, dependents, Set(runs.indices))
  }

  /// The error of the first run in the order of the plan that has one.
  var firstError: (any Error)? { errors.min { $0.key < $1.key }?.value }

  /// The run to begin now and its number of workers; nothing if one has to wait.
  ///
  /// What another process is doing comes last: whoever shares the store then finds something else to do,
  /// and waits for it only when there is nothing else.
  mutating func next(isBusy: (RunKey) -> Bool) -> (index: Int, workers: Int)? {
    let free = workers - active.values.reduce(0, +)
    guard errors.isEmpty, free > 0 else { return nil }
    let ready = waiting.filter { open[$0] == 0 && fits($0) }
    guard let first = first(of: ready) else { return nil }
    var rest = ready
    var choice: Int? = first
    while let index = choice, isBusy(runs[index].key) {
      rest.remove(index)
      choice = self.first(of: rest)
    }
    guard let index = choice ?? (active.isEmpty ? first : nil) else { return nil }
    waiting.remove(index)
    let share = max(free / ready.count, 1)
    active[index] = share
    return (index, share)
  }

  /// That of the longest way to the end; of those of which nobody knows it the last, since figures
  /// list small settings before large ones, and a long run should not begin when the others end.
  private func first(of ready: Set<Int>) -> Int? {
    ready.max { (ways[$0], $0) < (ways[$1], $1) }
  }

  /// Notes that a run has ended.
  mutating func end(_ end: RunEnd) {
    active[end.index] = nil
    if let error = end.error {
      errors[end.index] = error
    } else {
      for dependent in dependents[end.index] { open[dependent] -= 1 }
    }
  }

  /// Whether some run has begun that has not ended, or can begin now.
  var isUnderWay: Bool {
    !active.isEmpty || (errors.isEmpty && waiting.contains { open[$0] == 0 })
  }

  /// Whether a run's memory is left by those under way; alone it may always try.
  private func fits(_ index: Int) -> Bool {
    let held = active.keys.reduce(0) { $0 + (runs[$1].estimatedBytes ?? 0) }
    return active.isEmpty || held + (runs[index].estimatedBytes ?? 0) <= memory
  }
}
