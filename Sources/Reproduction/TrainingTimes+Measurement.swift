import Claims
import Foundation
import Statistics

extension TrainingTimes {
  /// Measures trainings in turns, of so many updates each: the median of every turn is kept.
  init(
    figure: String, extent: String, of trainings: [TimedTraining], turns: Int = 15,
    updatesPerTurn: Int = 4, kernels: String
  ) throws {
    precondition(turns > 0 && updatesPerTurn > 0, "a time needs an update")
    let updates = trainings.map { $0.repeatedUpdate() }
    // The first update finds its memory cold.
    for update in updates { try update() }
    var times = [[Double]](repeating: [], count: trainings.count)
    for _ in 0..<turns {
      for (index, update) in updates.enumerated() {
        let seconds = try (0..<updatesPerTurn).map { _ in
          let start = ContinuousClock.now
          try update()
          return (ContinuousClock.now - start) / .seconds(1)
        }
        times[index].append(PerSeed(seconds).median)
      }
    }
    let rows = zip(trainings, times).map { training, times in
      Row(
        name: training.name, updates: training.updates, turns: times,
        floatingPointOperations: training.floatingPointOperations)
    }
    self.init(
      figure: figure, extent: extent, rows: rows, processor: Self.processorName, kernels: kernels)
  }

  private static var processorName: String {
    let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
    let name = line?.split(separator: ":", maxSplits: 1).last
    return name?.trimmingCharacters(in: .whitespaces) ?? "unknown"
  }
}
