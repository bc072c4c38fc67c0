import Experiments
import Foundation
import Statistics

/// What the updates of several trainings take, one beside the other.
///
/// A record of its own: times are no results, so that no result, picture or golden value has them.
/// All run on one core of a machine that should have nothing else to do, and take turns, so that
/// whatever slows the machine down slows all of them.
public struct TrainingTimes: Codable, Equatable, Sendable {
  /// What one of them takes.
  public struct Row: Codable, Equatable, Sendable {
    /// The method, and on what.
    public var name: String
    /// The number of its updates.
    public var updates: Int
    /// The median time of an update.
    public var secondsPerUpdate: Double
    /// The median time of an update in each turn; turns of the same number stood side by side.
    public var turns: [Double]
    /// The multiplications and additions of all updates.
    public var floatingPointOperations: Double

    /// What so many updates take.
    public init(
      name: String, updates: Int, turns: [Double], floatingPointOperations: Double
    ) {
      self.name = name
      self.updates = updates
      self.turns = turns
      secondsPerUpdate = turns.isEmpty ? .nan : PerSeed(turns).median
      self.floatingPointOperations = floatingPointOperations
    }

    /// The time of all updates.
    public var seconds: Double { Double(updates) * secondsPerUpdate }
  }

  /// The figure that compares them.
  public var figure: String
  /// A budget or a preset.
  public var extent: String
  /// One for each training.
  public var rows: [Row]
  /// The processor's model, as the system has it.
  public var processor: String
  /// The kernels that ran.
  public var kernels: String

  /// Times that were measured.
  public init(
    figure: String, extent: String, rows: [Row], processor: String, kernels: String
  ) {
    self.figure = figure
    self.extent = extent
    self.rows = rows
    self.processor = processor
    self.kernels = kernels
  }

  /// The time of one whole training in units of another's, turn by turn: the turns are what is
  /// repeated, as seeds are elsewhere.
  public func ratios(of one: String, to other: String) -> PerSeed<Double>? {
    guard let one = rows.first(where: { $0.name == one }),
      let other = rows.first(where: { $0.name == other }), !one.turns.isEmpty,
      one.turns.count == other.turns.count
    else { return nil }
    let updates = Double(one.updates) / Double(other.updates)
    return PerSeed(zip(one.turns, other.turns).map { updates * $0 / $1 })
  }

  /// The name of the record's file beside the figure's.
  public static func fileName(of figure: String) -> String { figure + ".times.json" }

  /// The record that is kept with results of a figure: in the folder `times` of theirs, or of the one
  /// above; nothing if there is none.
  package static func kept(beside results: URL, of figure: String) throws -> TrainingTimes? {
    let folder = results.deletingLastPathComponent()
    let files = [folder, folder.deletingLastPathComponent()].map {
      $0.appending(path: "times/" + fileName(of: figure))
    }
    return try files.first { try $0.isThere() }.map { try read($0) }
  }

  /// The record in a file.
  public static func read(_ file: URL) throws -> TrainingTimes {
    guard let bytes = FileManager.default.contents(atPath: file.path) else {
      throw RecordError("cannot read \(file.path); measure the times with --times")
    }
    do {
      return try CanonicalJSON.decode(TrainingTimes.self, from: bytes)
    } catch {
      throw RecordError(
        "\(file.path) holds no times of trainings; measure them anew with --times")
    }
  }

  /// Writes the record.
  public func write(to file: URL) throws {
    try AtomicFile.makeFolder(file.deletingLastPathComponent())
    try AtomicFile.write(try CanonicalJSON.encodeForReading(self), to: file)
  }

  /// A line for each training: its name, updates, time of one, time of all, arithmetic.
  public var text: String {
    rows.map { row in
      String(
        format: "%@: %d updates of %.1f ms, %.1f s; %.2f GFLOP\n", row.name, row.updates,
        1e3 * row.secondsPerUpdate, row.seconds, row.floatingPointOperations / 1e9)
    }.joined()
  }
}
