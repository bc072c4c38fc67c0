import Claims
import Experiments
import Foundation
import Statistics

/// What any figure's JSON file says, whatever its results are made of.
package struct FigureSummary: Decodable, Sendable {
  /// One metric, by seed.
  package struct MetricSummary: Decodable, Sendable {
    package var seeds: [UInt64]
    package var values: [Double]
    package var interval: Interval
    package var paperValue: String?
  }

  package var figure: String
  package var paper: String
  package var title: String
  package var claims: [Finding]
  package var metrics: [String: MetricSummary]
  package var provenance: Provenance

  /// The summary of a figure's JSON file.
  ///
  /// - Throws: ``FigureError`` naming the file.
  package static func read(_ file: URL) throws -> FigureSummary {
    guard let bytes = FileManager.default.contents(atPath: file.path) else {
      throw FigureError.failed("cannot read \(file.path); does the figure's JSON file lie there?")
    }
    do {
      return try CanonicalJSON.decode(FigureSummary.self, from: bytes)
    } catch {
      throw FigureError.failed(
        "\(file.path) is not the JSON file of a figure of this version; make it again")
    }
  }

  /// What was computed: the preset's name, or else the budget's.
  package var extent: String {
    provenance.settings["preset"] ?? provenance.settings["budget"] ?? "standard"
  }
}
