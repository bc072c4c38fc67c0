import Experiments
import Foundation
import Reproduction

/// What the store knows already: why a run is not among it, and what the like of it took.
struct RunHistory: Sendable {
  /// Runs that differ in nothing but seeds.
  private struct Known: Sendable {
    /// What they share.
    var description: FlatJSON
    var scale: RunScale?
    var runs: [StoredRun]
  }

  private let store: RunStore
  private let known: [String: [Known]]

  init(of store: RunStore) throws {
    self.store = store
    var known: [String: [Known]] = [:]
    for run in try store.keys().map({ store.stored($0) }) {
      guard let json = try run.description else { continue }
      let description = Self.description(json)
      var alike = known[run.key.name] ?? []
      if let place = alike.firstIndex(where: { $0.description == description }) {
        alike[place].runs.append(run)
      } else {
        alike.append(
          Known(description: description, scale: RunScale(of: description), runs: [run]))
      }
      known[run.key.name] = alike
    }
    self.known = known
  }

  private static func description(_ json: Data) -> FlatJSON {
    FlatJSON(json).without { $0.hasSuffix("seed") }
  }

  /// How far a run is, as the store alone says.
  enum State: String, Encodable {
    case stored
    /// Somebody who shares the store is at it.
    case running
    /// It ended with an error when it was last begun.
    case failed
    case toDo = "to do"
  }

  func state(of listing: RunListing) throws -> State {
    guard !listing.isStored else { return .stored }
    let run = store.stored(listing.key)
    return run.isBeingRun ? .running : try run.failure != nil ? .failed : .toDo
  }

  /// Why a run would be run, in so many characters or a few more, or that it is stored.
  func reason(for listing: RunListing, within columns: Int) throws -> String {
    guard !listing.isStored else { return "" }
    let run = store.stored(listing.key)
    if !run.isBeingRun, let failure = try run.failure { return failure }
    switch try run.state {
    case .damaged(let reason): return "damaged: \(reason)"
    case .unfinished(let epoch?): return "unfinished: goes on after epoch \(epoch)"
    case .unfinished: return "begun, nothing to go on from"
    case .finished: return ""
    case .absent: break
    }
    let description = Self.description(Data(listing.description.utf8))
    let nearest = (known[listing.key.name] ?? []).map {
      (description: $0.description, count: $0.description.differenceCount(from: description))
    }.min { $0.count < $1.count }
    guard let nearest else { return "nothing like it is stored" }
    guard nearest.count > 0 else { return "another seed" }
    return FlatJSON.summary(
      of: nearest.description.differences(from: description), within: columns)
  }

  /// What it will take on one core: as it says, or as the like of it took.
  ///
  /// The like of it is a stored run that differs in nothing but seeds, or else the one of its kind
  /// whose size is nearest. With it count the runs that it builds on, unless they are of `kinds`,
  /// which are listed by themselves.
  func cost(of listing: RunListing, besides kinds: Set<String>) throws -> CostEstimate? {
    if let seconds = listing.estimatedSeconds { return CostEstimate(seconds: seconds) }
    guard let candidates = known[listing.key.name] else { return nil }
    let description = Self.description(Data(listing.description.utf8))
    let like = candidates.first { $0.description == description }
    if let seconds = try like.flatMap({ try self.seconds(of: $0, besides: kinds) }) {
      return CostEstimate(seconds: seconds)
    }
    guard let scale = RunScale(of: description) else { return nil }
    let scaled = candidates.compactMap { other in
      other.scale?.ratio(of: scale).map { (known: other, ratio: $0) }
    }.sorted { abs(log($0.ratio)) < abs(log($1.ratio)) }
    for (known, ratio) in scaled {
      guard let seconds = try seconds(of: known, besides: kinds) else { continue }
      return CostEstimate(seconds: seconds * ratio, isScaled: true)
    }
    return nil
  }

  /// The memory it will hold: as it says, or as the like of it did.
  func bytes(of listing: RunListing) throws -> Int? {
    if let bytes = listing.estimatedBytes { return bytes }
    guard let candidates = known[listing.key.name] else { return nil }
    let description = Self.description(Data(listing.description.utf8))
    guard let like = candidates.first(where: { $0.description == description }) else { return nil }
    for run in like.runs { if let cost = try run.cost { return cost.peakBytes } }
    return nil
  }

  private func seconds(of known: Known, besides kinds: Set<String>) throws -> Double? {
    for run in known.runs {
      guard
        let costs = try store.runsWithFoundations([run.key])?
          .filter({ $0.key == run.key || !kinds.contains($0.key.name) })
          .compactMap({ try $0.cost }),
        !costs.contains(where: \.isResumed)
      else { continue }
      return costs.reduce(0) { $0 + $1.processorSeconds }
    }
    return nil
  }
}
