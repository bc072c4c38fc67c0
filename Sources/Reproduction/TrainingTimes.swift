import Experiments
import Foundation

/// What the updates of several trainings take, one beside the other.
///
/// A record of its own: times are no results, so that no result, picture or golden value has them.
/// All run on one core of a machine that should have nothing else to do, and take turns, so that
/// whatever slows the machine down slows all of them.
package struct TrainingTimes: Codable, Equatable, Sendable {
  /// What one of them takes.
  package struct Row: Codable, Equatable, Sendable {
    package var name: String
    package var updates: Int
    /// The median time of an update.
    package var secondsPerUpdate: Double
    /// The multiplications and additions of all updates.
    package var floatingPointOperations: Double

    /// The time of all updates.
    package var seconds: Double { Double(updates) * secondsPerUpdate }
  }

  package var figure: String
  /// A budget or a preset.
  package var extent: String
  package var rows: [Row]
  /// The processor's model, as the system has it.
  package var processor: String
  /// The kernels that ran.
  package var kernels: String

  /// Measures trainings in turns, of so many updates each.
  init(
    figure: String, extent: String, of trainings: [TimedTraining], turns: Int = 9,
    updatesPerTurn: Int = 4, kernels: String
  ) throws {
    precondition(turns > 0 && updatesPerTurn > 0, "a time needs an update")
    self.figure = figure
    self.extent = extent
    self.kernels = kernels
    processor = Self.processorName
    let updates = trainings.map { $0.repeatedUpdate() }
    // The first update finds its memory cold.
    for update in updates { try update() }
    var times = [[Double]](repeating: [], count: trainings.count)
    for _ in 0..<turns {
      for (index, update) in updates.enumerated() {
        for _ in 0..<updatesPerTurn {
          let start = ContinuousClock.now
          try update()
          times[index].append((ContinuousClock.now - start) / .seconds(1))
        }
      }
    }
    rows = zip(trainings, times).map { training, times in
      Row(
        name: training.name, updates: training.updates,
        secondsPerUpdate: times.sorted()[times.count / 2],
        floatingPointOperations: training.floatingPointOperations)
    }
  }

  private static var processorName: String {
    let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
    let name = line?.split(separator: ":", maxSplits: 1).last
    return name?.trimmingCharacters(in: .whitespaces) ?? "unknown"
  }

  /// The name of the record's file beside the figure's.
  package static func fileName(of figure: String) -> String { figure + ".times.json" }

  /// The record in a file.
  package static func read(_ file: URL) throws -> TrainingTimes {
    guard let bytes = FileManager.default.contents(atPath: file.path) else {
      throw FigureError.failed("cannot read \(file.path); measure the times with --times")
    }
    do {
      return try CanonicalJSON.decode(TrainingTimes.self, from: bytes)
    } catch {
      throw FigureError.failed(
        "\(file.path) holds no times of trainings; measure them anew with --times")
    }
  }

  /// Writes the record.
  package func write(to file: URL) throws {
    try AtomicFile.makeFolder(file.deletingLastPathComponent())
    try AtomicFile.write(try CanonicalJSON.encodeForReading(self), to: file)
  }

  /// A line for each training: its name, updates, time of one, time of all, arithmetic.
  var text: String {
    rows.map { row in
      String(
        format: "%@: %d updates of %.1f ms, %.1f s; %.2f GFLOP\n", row.name, row.updates,
        1e3 * row.secondsPerUpdate, row.seconds, row.floatingPointOperations / 1e9)
    }.joined()
  }
}
