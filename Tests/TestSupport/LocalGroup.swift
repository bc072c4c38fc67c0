import Experiments
import Foundation

/// A group of processes as tasks of this one.
package struct LocalGroup: ProcessGroup {
  package let rank: Int
  package let size: Int
  private let meeting: Meeting

  /// The ranks of a group.
  package static func ranks(_ size: Int) -> [LocalGroup] {
    let meeting = Meeting(size: size)
    return (0..<size).map { LocalGroup(rank: $0, size: size, meeting: meeting) }
  }

  package func broadcast(_ data: Data) async throws -> Data {
    await meeting.gather(rank == 0 ? data : Data(), from: rank)[0]
  }

  package func allGather(_ data: Data) async throws -> [Data] {
    await meeting.gather(data, from: rank)
  }
}

/// Where ranks wait for each other.
private actor Meeting {
  private let size: Int
  private var posts: [Int: Data] = [:]
  private var waiting: [CheckedContinuation<[Data], Never>] = []

  init(size: Int) { self.size = size }

  func gather(_ data: Data, from rank: Int) async -> [Data] {
    precondition(posts[rank] == nil, "rank \(rank) is in two places at once")
    posts[rank] = data
    return await withCheckedContinuation { continuation in
      waiting.append(continuation)
      guard waiting.count == size else { return }
      let all = (0..<size).compactMap { posts[$0] }
      let ready = waiting
      (posts, waiting) = ([:], [])
      for continuation in ready { continuation.resume(returning: all) }
    }
  }
}

extension RunStore {
  /// What rank 0 of a group makes of a store, while the others take part with stores of their own.
  package static func together<Value: Sendable>(
    _ stores: [RunStore], knowing planned: [PlannedRun],
    _ body: @escaping @Sendable (RunStore) async throws -> Value
  ) async throws -> Value {
    let ranks = LocalGroup.ranks(stores.count)
    return try await withThrowingTaskGroup(of: Void.self) { tasks in
      for rank in ranks.dropFirst() {
        let store = stores[rank.rank].shared(by: rank)
        tasks.addTask { try await store.follow(planned) }
      }
      let first = stores[0].shared(by: ranks[0])
      let result: Result<Value, any Error>
      do { result = .success(try await body(first)) } catch { result = .failure(error) }
      try await first.dismissFollowers()
      try await tasks.waitForAll()
      return try result.get()
    }
  }
}
