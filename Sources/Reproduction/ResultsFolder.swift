import Claims
import Experiments
import Foundation

/// The results that are kept with the source: `Data/results`.
///
/// One JSON file for each figure and extent, as the figure wrote it but for what only its picture
/// needs (``Figure/abridged(_:)``): `fig5-coherence.json` at the standard budget,
/// `fig5-coherence.overnight.json` at another, or with a preset. Beside them the history of verdicts,
/// and what it took.
package struct ResultsFolder: Sendable {
  /// The folder.
  package let url: URL

  /// The folder of results in a `Data` folder.
  package init(in data: DataFolder) { url = data.url.appending(path: "results") }

  /// A folder known to be the right one.
  package init(at url: URL) { self.url = url }

  /// The history of verdicts.
  package var verdicts: URL { url.appending(path: "verdicts.json") }

  /// What figures took.
  package var timings: URL { url.appending(path: "timings.json") }

  /// The record of the times that a figure compares; the next one replaces it.
  package func times(of figure: String) -> URL {
    url.appending(path: "times/" + TrainingTimes.fileName(of: figure))
  }

  /// The records of times, by name.
  package func timesFiles() throws -> [URL] {
    let folder = url.appending(path: "times")
    return try folder.namesInFolder().filter { $0.hasSuffix(".times.json") }.sorted().map {
      folder.appending(path: $0)
    }
  }

  /// The file of a figure's results.
  package func file(of figure: String, _ extent: String) -> URL {
    let suffix = extent == Budget.standard.rawValue ? "" : "." + extent
    return url.appending(path: figure + suffix + ".json")
  }

  /// The files of results, by name.
  package func files() throws -> [URL] {
    try url.namesInFolder().filter {
      $0.hasSuffix(".json") && !$0.hasPrefix(".")
        && ![verdicts, timings].map(\.lastPathComponent).contains($0)
    }.sorted().map { url.appending(path: $0) }
  }
}
