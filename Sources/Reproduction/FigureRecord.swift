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
  init<F: Figure>(
    of figure: F, results: Results, options: FigureOptions, provenance: Provenance,
    times: TrainingTimes?
  ) where F.Results == Results {
    self.figure = F.identity.name
    paper = F.identity.paper
    title = F.identity.title
    self.provenance = provenance
    self.results = results
    let metrics = figure.quantities(in: results).flatMap(\.metrics)
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
    let judged = Judged(results, times: times)
    let basis = Basis(of: F.self, options, data: provenance.data.keys.sorted())
    claims = F.claims(options.claimScope).map { $0.finding(on: judged, from: basis) }
  }
}

extension FigureRecord {
  /// What a user should know who looks at the picture alone: which metrics are not finite where;
  /// nil if all are.
  var warning: String? {
    let places = metrics.sorted { $0.key < $1.key }.compactMap { name, metric -> String? in
      let seeds = zip(metric.seeds, metric.values).filter { !$0.1.isFinite }.map(\.0)
      guard let first = seeds.first else { return nil }
      return "\(name) (seed \(first)"
        + (seeds.count > 1 ? " and \(seeds.count - 1) more)" : ")")
    }
    guard let first = places.first else { return nil }
    return "not finite: \(first)"
      + (places.count > 1 ? " and \(places.count - 1) more" : "")
      + "; nothing bounds its mean. A training diverged, or a measurement divides by zero"
  }
}

extension Basis {
  /// The runs of a figure, with the number of seeds that it fixes for them.
  init<F: Figure>(of figure: F.Type, _ options: FigureOptions, data: [String]) {
    // Published images where they are, stand-ins where they are not: both, so not the paper's data.
    let isPublished = options.data != .standIns && !data.contains { $0.contains(" for ") }
    self.init(
      budget: options.budget,
      ground: data.isEmpty ? .theory : isPublished ? .published : .standIns,
      data: data.joined(separator: ", "), seeds: options.seeds.count,
      plannedSeeds: options.preset.flatMap(F.seedCount(ofPreset:))
        ?? F.seedCount(within: options.budget))
  }
}
