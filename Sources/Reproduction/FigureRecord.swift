import Claims
import Experiments
import Foundation
import Statistics

/// Everything known of a figure once it is measured: the content of its JSON file.
public struct FigureRecord<Results: Codable & Sendable>: Codable, Sendable {
  /// One metric: its values by seed, their mean and its interval.
  public struct MetricRecord: Codable, Equatable, Sendable {
    var seeds: [UInt64]
    var values: [Double]
    var interval: Interval
    var paperValue: String?
  }

  /// The figure's executable.
  public var figure: String
  /// The paper's folder.
  public var paper: String
  /// What the figure is called.
  public var title: String
  /// The verdicts on the claims that it decides, before Holm's correction within the paper.
  public var claims: [Finding]
  /// The metrics by name.
  public var metrics: [String: MetricRecord]
  /// What made it.
  public var provenance: Provenance
  /// The measured numbers, from which all of this follows.
  public var results: Results
}

extension FigureRecord {
  init<F: Figure>(of figure: F, results: Results, options: FigureOptions, provenance: Provenance)
  where F.Results == Results {
    self.figure = F.name
    paper = F.paper
    title = F.title
    self.provenance = provenance
    self.results = results
    let metrics = figure.metrics(in: results)
    precondition(
      Set(metrics.map(\.name)).count == metrics.count, "\(F.name) has two metrics of one name")
    self.metrics = Dictionary(
      uniqueKeysWithValues: metrics.map {
        let values = $0.values
        return (
          $0.name,
          MetricRecord(
            seeds: values.seeds, values: values.values, interval: values.interval(),
            paperValue: $0.paperValue)
        )
      })
    let evidence = figure.evidence(in: results)
    let declared = figure.claims(in: results)
    precondition(
      declared.map(\.id) == F.claims.map(\.id), "\(F.name) has other claims in its results")
    let unknown = Set(evidence.keys).subtracting(F.claims.map(\.id))
    precondition(
      unknown.isEmpty, "\(F.name) has evidence for claims it does not declare: \(unknown)")
    let data = provenance.data.keys.sorted().joined(separator: ", ")
    claims = declared.map {
      $0.finding(from: evidence[$0.id] ?? [:], budget: options.budget, data: data)
    }
  }
}
