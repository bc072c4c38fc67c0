import Claims
import Experiments
import Foundation
import Statistics

extension TrainingTimes {
  /// Measures trainings in turns, of so many updates each: the median of every turn is kept.
  ///
  /// Of an update that takes longer than a quarter of a second one to a turn is enough.
  init(
    figure: String, extent: String, of trainings: [TimedTraining], turns: Int = 15,
    updatesPerTurn: Int = 4, kernels: String, progress: ProgressReporter
  ) throws {
    precondition(turns > 0 && updatesPerTurn > 0, "a time needs an update")
    let updates = trainings.map { $0.repeatedUpdate() }
    func seconds(_ update: () throws -> Void) rethrows -> Double {
      let start = ContinuousClock.now
      try update()
      return (ContinuousClock.now - start) / .seconds(1)
    }
    let stage = progress.stage("turns on one core", total: (turns + 1) * trainings.count)
    var done = 0
    func advance() {
      done += 1
      stage.advance(to: done)
    }
    // The first update finds its memory cold.
    let counts = try updates.map { update in
      defer { advance() }
      return try seconds(update) > 0.25 ? 1 : updatesPerTurn
    }
    var times = [[Double]](repeating: [], count: trainings.count)
    for _ in 0..<turns {
      for (index, update) in updates.enumerated() {
        let turn = try (0..<counts[index]).map { _ in try seconds(update) }
        times[index].append(PerSeed(turn).median)
        advance()
      }
    }
    stage.finish()
    let rows = zip(trainings, times).map { training, times in
      Row(
        name: training.name, updates: training.updates, turns: times,
        floatingPointOperations: training.floatingPointOperations)
    }
    self.init(
      figure: figure, extent: extent, rows: rows, processor: Self.processorName, kernels: kernels)
  }

  private static var processorName: String {
    // A system that does not tell has a processor without a name.
    let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
    let name = line?.split(separator: ":", maxSplits: 1).last
    return name?.trimmingCharacters(in: .whitespaces) ?? "unknown"
  }
}
