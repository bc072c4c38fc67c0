import Claims
import Experiments
import Foundation

/// The results that are kept with the source: `Data/results`.
///
/// One JSON file for each figure and extent, as the figure wrote it but for what only its picture
/// needs (``Figure/abridged(_:)``): `fig5-coherence.json` at the standard budget,
/// `fig5-coherence.overnight.json` at another, or with a preset; of published images in `published/`,
/// with other kernels in `haswell/`. Beside them the history of verdicts, and what it took.
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

  /// The parts of the folder, by what is computed in another way.
  package enum Part: String, CaseIterable, Sendable {
    /// Stand-ins, and what needs no images: the folder itself.
    case own = ""
    /// Published images.
    case published
    /// The same with Haswell kernels, beside which verdicts must be the same.
    case haswell
  }

  /// The file of a figure's results.
  package func file(of figure: String, _ extent: String, in part: Part = .own) -> URL {
    let suffix = extent == Budget.standard.rawValue ? "" : "." + extent
    return folder(part).appending(path: figure + suffix + ".json")
  }

  /// The files of results in a part, by name; none if the part is not there.
  package func files(in part: Part = .own) throws -> [URL] {
    let folder = folder(part)
    return try folder.namesInFolder().filter {
      $0.hasSuffix(".json") && !$0.hasPrefix(".")
        && ![verdicts, timings].map(\.lastPathComponent).contains($0)
    }.sorted().map { folder.appending(path: $0) }
  }

  private func folder(_ part: Part) -> URL {
    part == .own ? url : url.appending(path: part.rawValue)
  }
}
