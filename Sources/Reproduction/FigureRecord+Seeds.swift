import Experiments
import Foundation
import Statistics

extension FigureRecord {
  /// These results with those of other seeds, which were computed in the same way, judged anew.
  ///
  /// - Throws: ``FigureError`` that says in what the two differ beside their seeds.
  func joined<F: Figure>(with other: Self, as figure: F) throws -> Self
  where F.Results == Results {
    let provenance = try provenance.joined(with: other.provenance)
    guard let options = provenance.options else {
      throw FigureError.failed("they do not say with which options they were made")
    }
    let tree = try SeedTree.of(results).joined(with: .of(other.results))
    let results = try CanonicalJSON.decode(Results.self, from: CanonicalJSON.encode(tree))
    return FigureRecord(
      of: figure, results: results, options: options, provenance: provenance, times: nil)
  }
}

extension Provenance {
  /// What made the results of two sets of seeds together.
  fileprivate func joined(with other: Self) throws -> Self {
    let differences = [
      ("figure", figure, other.figure), ("engine", "\(engine)", "\(other.engine)"),
      ("options", optionsBesideSeeds, other.optionsBesideSeeds),
      ("environment", "\(environment.sorted(by: <))", "\(other.environment.sorted(by: <))"),
      ("data", "\(data.keys.sorted())", "\(other.data.keys.sorted())"),
    ]
    if let (what, own, theirs) = differences.first(where: { $0.1 != $0.2 }) {
      throw FigureError.failed("they differ in their \(what): \(own) and \(theirs)")
    }
    var joined = self
    let seeds = Set(self.seeds + other.seeds).sorted()
    joined.settings["seeds"] = seeds.map(String.init).joined(separator: " ")
    // Stand-ins are drawn for each seed; published data have one digest.
    joined.data.merge(other.data) { own, theirs in
      let digests = own.split(separator: " ")
      return (digests + theirs.split(separator: " ").filter { !digests.contains($0) })
        .joined(separator: " ")
    }
    joined.runs += other.runs.filter { !Set(runs).contains($0) }
    return joined
  }

  private var seeds: [UInt64] {
    (settings["seeds"] ?? "").split(separator: " ").compactMap { UInt64($0) }
  }

  private var optionsBesideSeeds: String {
    "\(settings.filter { $0.key != "seeds" }.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" })"
  }
}

extension SeedTree {
  fileprivate static func of(_ results: some Encodable) throws -> SeedTree {
    try CanonicalJSON.decode(SeedTree.self, from: CanonicalJSON.encode(results))
  }
}
