import Experiments
import Foundation

/// Where two stored runs differ: epoch by epoch, array by array, then in the outcome.
struct RunComparison {
  /// The differences in the order of time, each a sentence; none if every bit is the same.
  let differences: [String]

  init(of old: StoredRun, with new: StoredRun) throws {
    differences =
      try Self.checkpoints(old.checkpoints, new.checkpoints) + Self.outcomes(old, new)
  }

  /// What differs in where two runs were made.
  static func environments(of old: StoredRun, and new: StoredRun) throws -> [String] {
    func text(_ run: StoredRun) throws -> String {
      try run.environments.map { environment in
        environment.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
          .joined(separator: ", ")
      }.joined(separator: "; then ")
    }
    guard try old.environments != new.environments else {
      return ["both were run with \(try text(new))"]
    }
    return ["stored: run with \(try text(old))", "again: run with \(try text(new))"]
  }

  private static func checkpoints(_ old: Checkpoints, _ new: Checkpoints) throws -> [String] {
    var lines: [String] = []
    for epoch in try Set(old.epochs).union(new.epochs).sorted() {
      do {
        let (a, b) = try (old.load(epoch: epoch), new.load(epoch: epoch))
        // What is dropped after a while may be there in one only.
        for name in Set(a.pieces.keys).intersection(b.pieces.keys).sorted() {
          guard let x = a.pieces[name], let y = b.pieces[name], x != y else { continue }
          lines += pieces(x, y).map { "epoch \(epoch), \(name): \($0)" }
        }
      } catch let error as RunError {
        lines.append("epoch \(epoch): \(error)")
      }
    }
    return lines
  }

  private static func pieces(_ old: Data, _ new: Data) -> [String] {
    // What holds no arrays is compared as JSON, or as bytes.
    if let a = try? SafeTensors(decoding: old), let b = try? SafeTensors(decoding: new) {
      return Set(a.entries.keys).union(b.entries.keys).sorted().compactMap { name in
        arrays(a[name], b[name]).map { "\(name) \($0)" }
      }
    }
    let leaves = FlatJSON(old).differences(from: FlatJSON(new))
    return leaves.isEmpty ? ["other bytes"] : leaves.map(\.description)
  }

  private static func arrays(_ old: SafeTensors.Entry?, _ new: SafeTensors.Entry?) -> String? {
    guard let old, let new else { return "is there in one only" }
    guard old.shape == new.shape else { return "has the shape \(new.shape), not \(old.shape)" }
    let places = old.scalars.indices.filter {
      old.scalars[$0].bitPattern != new.scalars[$0].bitPattern
    }
    guard let first = places.first else { return nil }
    let largest = places.map { abs(old.scalars[$0] - new.scalars[$0]) }.max() ?? 0
    return "[\(first)] is \(new.scalars[first]), not \(old.scalars[first]); "
      + "\(places.count) of \(old.scalars.count) numbers differ, by \(largest) at most"
  }

  private static func outcomes(_ old: StoredRun, _ new: StoredRun) throws -> [String] {
    guard try old.outcome != new.outcome else { return [] }
    for run in [old, new] where try run.outcome == nil {
      if case .damaged(let reason) = try run.state {
        return ["\(run.folder.path)/outcome.json is damaged: \(reason)"]
      }
      return ["\(run.folder.path) has no outcome"]
    }
    guard let a = try old.outcome, let b = try new.outcome else { return [] }
    let leaves = FlatJSON(a).differences(from: FlatJSON(b))
    return leaves.isEmpty ? ["the outcomes have other bytes"] : leaves.map(\.description)
  }
}
