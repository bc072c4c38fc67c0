import Foundation

/// The training that the processes of a group do next.
private struct Announcement: Codable {
  var key: RunKey
  var lastEpoch: Int?
}

extension RunStore {
  /// The same store, whose trainings are done by all processes of a group.
  ///
  /// Runs follow each other, so that ranks meet in one training at a time.
  public func shared(by group: (any ProcessGroup)?) -> RunStore {
    var store = self
    store.group = group
    return store
  }

  /// Takes part in the trainings of rank 0 until there are no more.
  ///
  /// - Parameter planned: The runs that rank 0 may ask for.
  /// - Throws: ``ProcessGroupError/unknownRun(_:)``, and whatever keeps this rank from computing.
  public func follow(_ planned: [PlannedRun]) async throws {
    guard let group else { return }
    while true {
      let message = try await group.broadcast(Data())
      guard !message.isEmpty else { return }
      let next = try CanonicalJSON.decode(Announcement.self, from: message)
      guard let run = planned.first(where: { $0.key == next.key }) else {
        throw ProcessGroupError.unknownRun(next.key.description)
      }
      do {
        try await run.takePart(in: self, upTo: next.lastEpoch)
      } catch let error where error is LeftTraining || error is StoppedRun {}
    }
  }

  /// Tells the other ranks that no training follows.
  public func dismissFollowers() async throws {
    guard let group, !group.isFollower else { return }
    _ = try await group.broadcast(Data())
  }

  /// What an experiment is given on a rank that follows: nothing is described, noted or saved.
  func contextOfFollower(_ key: RunKey, upTo epoch: Int?) -> RunContext {
    RunContext(
      key: key, folder: folder(of: key), checkpoints: checkpoints(of: key), runs: self,
      lastEpoch: epoch)
  }
}

extension RunContext {
  /// The processes that do this run together, if there are several.
  public var group: (any ProcessGroup)? { runs.group }

  /// Calls the other ranks to this training; followers have heard of it when they come here.
  public func callFollowers() async throws {
    guard let group, !group.isFollower else { return }
    let message = try CanonicalJSON.encode(Announcement(key: key, lastEpoch: lastEpoch))
    _ = try await group.broadcast(message)
  }
}

/// A training has ended that a rank has only helped with: what follows is rank 0's.
public struct LeftTraining: Error {
  /// The end of a rank's part.
  public init() {}
}
