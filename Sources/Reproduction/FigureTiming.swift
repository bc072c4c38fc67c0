import Experiments
import Foundation

/// What a figure took on some machine: a record of its own, since times are no results.
package struct FigureTiming: Codable, Equatable, Sendable {
  package var figure: String
  /// A budget or a preset.
  package var extent: String
  /// The published data that were asked for: `published` for all that are there, or a set; nothing for
  /// stand-ins and where there are no images.
  package var data: String?
  /// The processor time of all its runs and of those that they build on.
  package var coreSeconds: Double
  /// How long a user waited for it when no run was stored, if that was ever so.
  package var coldSeconds: Double?
  /// How many threads computed then.
  package var coldWorkers: Int?
  /// The most memory that a process of its runs held.
  package var peakBytes: Int
  /// The bytes that its runs keep in the store.
  package var storeBytes: Int
  /// How many runs it has, with those that they build on; other figures may share them.
  package var runs: Int
  /// The processor.
  package var processor: String
  /// How many cores it has.
  package var cores: Int
  /// The kernels that ran.
  package var kernels: String

  /// A record of a figure's runs on a machine.
  package init(
    figure: String, extent: String, data: String?, costs: [RunCost], cold: ColdTime?,
    storeBytes: Int, processor: String, cores: Int, kernels: String
  ) {
    self.figure = figure
    self.extent = extent
    self.data = data
    coreSeconds = costs.reduce(0) { $0 + $1.processorSeconds }
    coldSeconds = cold?.seconds
    coldWorkers = cold?.workers
    peakBytes = costs.map(\.peakBytes).max() ?? 0
    self.storeBytes = storeBytes
    runs = costs.count
    self.processor = processor
    self.cores = cores
    self.kernels = kernels
  }

  /// Whether it is of a figure made in this way.
  package func `is`(of figure: String, _ extent: String, data: String?) -> Bool {
    self.figure == figure && self.extent == extent && self.data == data
  }

  /// The record of a figure that was made seed by seed: of these seeds and of others before.
  package func joined(with earlier: FigureTiming) -> FigureTiming {
    var all = self
    all.coreSeconds += earlier.coreSeconds
    all.runs += earlier.runs
    all.storeBytes += earlier.storeBytes
    all.peakBytes = max(peakBytes, earlier.peakBytes)
    (all.coldSeconds, all.coldWorkers) = (nil, nil)
    return all
  }

  /// What was computed: `standard`, or `overnight, published`.
  package var computed: String { ([extent] + (data.map { [$0] } ?? [])).joined(separator: ", ") }

  /// The time on so many cores, about: as if all of them were busy until the end.
  package func seconds(onCores count: Int) -> Double { coreSeconds / Double(count) }

  /// All records in a file; none if there is no file yet.
  package static func read(_ file: URL) throws -> [FigureTiming] {
    guard let bytes = try file.contentIfThere() else { return [] }
    do {
      return try CanonicalJSON.decode([FigureTiming].self, from: bytes)
    } catch {
      throw FigureError.failed("\(file.path) holds no times; restore it, or delete it")
    }
  }

  /// Writes records, in a fixed order.
  package static func write(_ timings: [FigureTiming], to file: URL) throws {
    let sorted = timings.sorted {
      ($0.figure, $0.extent, $0.data ?? "") < ($1.figure, $1.extent, $1.data ?? "")
    }
    try AtomicFile.makeFolder(file.deletingLastPathComponent())
    try AtomicFile.write(try CanonicalJSON.encodeForReading(sorted), to: file)
  }
}
