import Experiments
import Foundation
import Reproduction

/// Which figure a stored run was computed for, as the figures that were made tell.
struct RunOwners {
  private var figures: [RunKey: Set<String>] = [:]

  /// The owners of the runs in a store, by the JSON files of figures in a folder.
  init(of store: RunStore, figures folder: URL) throws {
    for name in try folder.namesInFolder() where name.hasSuffix(".json") {
      // Other files lie there as well, and older ones; what they say is for people only.
      guard let summary = try? FigureSummary.read(folder.appending(path: name)) else { continue }
      for key in try store.foundations(of: summary.provenance.runs).keys {
        figures[key, default: []].insert(summary.figure)
      }
    }
  }

  /// The figure that a run is of; nothing if no figure says so.
  subscript(key: RunKey) -> String? {
    guard let figures = figures[key]?.sorted(), let first = figures.first else { return nil }
    return figures.count == 1 ? first : "\(first) and \(Spoken.count(figures.count - 1, "other"))"
  }
}
