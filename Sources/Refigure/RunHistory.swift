import Experiments
import Foundation
import Reproduction

/// What the store knows already: why a run is not among it, and what the like of it took.
struct RunHistory {
  private let store: RunStore
  private let known: [String: [(run: StoredRun, description: FlatJSON)]]

  init(of store: RunStore) {
    self.store = store
    let runs = store.keys().map { store.stored($0) }.compactMap { run in
      run.description.map { (run: run, description: FlatJSON($0)) }
    }
    known = Dictionary(grouping: runs, by: \.run.key.name)
  }

  /// Why a run would be run, or that it is stored.
  func reason(for listing: RunListing) -> String {
    guard !listing.isStored else { return "" }
    switch store.stored(listing.key).state {
    case .damaged(let reason): return "damaged: \(reason)"
    case .unfinished(let epoch?): return "unfinished: goes on after epoch \(epoch)"
    case .unfinished: return "begun, nothing to go on from"
    case .finished: return ""
    case .absent: break
    }
    guard let (_, differences) = nearest(listing) else {
      return "nothing like it is stored"
    }
    let shown = differences.prefix(3).map(\.description).joined(separator: ", ")
    return "differs from the nearest: \(shown)"
      + (differences.count > 3 ? " and \(differences.count - 3) more" : "")
  }

  /// The time it will take on one core: as it says, or as the like of it took.
  func coreSeconds(of listing: RunListing) -> Double? {
    listing.estimatedSeconds ?? likeness(of: listing)?.processorSeconds
  }

  /// The memory it will hold: as it says, or as the like of it did.
  func bytes(of listing: RunListing) -> Int? {
    listing.estimatedBytes ?? likeness(of: listing)?.peakBytes
  }

  /// The cost of a run that differs in nothing but seeds.
  private func likeness(of listing: RunListing) -> RunCost? {
    let description = FlatJSON(Data(listing.description.utf8))
    return (known[listing.key.name] ?? []).lazy.compactMap { run, other in
      other.differences(from: description).allSatisfy { $0.path.hasSuffix("seed") }
        ? run.cost : nil
    }.first { !$0.isResumed }
  }

  private func nearest(
    _ listing: RunListing
  ) -> (run: StoredRun, differences: [FlatJSON.Difference])? {
    let description = FlatJSON(Data(listing.description.utf8))
    return (known[listing.key.name] ?? [])
      .map { (run: $0.run, differences: $0.description.differences(from: description)) }
      .min { $0.differences.count < $1.differences.count }
  }
}
