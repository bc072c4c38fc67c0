import Claims
import Foundation
import Reproduction

/// A paper's numbers beside ours, for the figures that there are.
struct PaperTable {
  private let rows: [[String]]

  init(_ paper: PaperValues, _ figures: [FigureDescription], _ summaries: [FigureSummary]) {
    let targets = Set(figures.map(\.name))
    rows = paper.values.filter { targets.contains($0.target) }.map { value in
      func ours(isPublished: Bool) -> String {
        summaries.filter { ($0.provenance.settings["data"] != nil) == isPublished }
          .flatMap { summary in
            summary.metrics.sorted { $0.key < $1.key }
              .filter { $0.value.paperValue == value.id }
              .map { "\($1.interval) (\(summary.extent), n = \($1.seeds.count))" }
          }.joined(separator: "; ")
      }
      return [
        "`\(value.id.dropFirst(paper.paper.count + 1))`", value.text, value.source,
        ours(isPublished: true), ours(isPublished: false),
      ]
    }
  }

  var markdown: String {
    Markdown.table(
      [
        "number", "the paper", "where", "ours on published data, with its 95 % interval",
        "ours on stand-ins, or where there are no images",
      ], rows)
  }
}

extension PaperValue {
  /// The number with its unit and what its ± means: `66.6 % ± 0.5 (standard error)`.
  var text: String {
    var text = "\(value)"
    if text.hasSuffix(".0") { text.removeLast(2) }
    if unit == .percent { text += " %" }
    guard let uncertainty else { return text }
    let kind =
      switch uncertainty.kind {
      case .standardError: "standard error"
      case .standardErrorAsWidth: "width of one standard error"
      case .confidence95OfMedian: "95 % interval of the median"
      case .standardDeviation: "standard deviation"
      }
    return text + " ± \(uncertainty.radius) (\(kind))"
  }
}
