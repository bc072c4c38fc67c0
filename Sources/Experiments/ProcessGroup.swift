import Foundation

/// Processes that do a training together, each of which holds its whole state and computes a share of
/// its work.
///
/// The process of rank 0 has the store: it decides which training comes next, reads and saves. The
/// others follow it. Every process calls the same functions in the same order.
public protocol ProcessGroup: Sendable {
  /// The number of this process, from 0 on.
  var rank: Int { get }
  /// The number of processes.
  var size: Int { get }

  /// What rank 0 has, on all ranks; what others pass is not looked at.
  func broadcast(_ data: Data) async throws -> Data

  /// What every rank has, by rank, on all ranks.
  func allGather(_ data: Data) async throws -> [Data]
}

extension ProcessGroup {
  /// Whether another process has the store.
  public var isFollower: Bool { rank > 0 }

  /// The items of a list of so many that a rank computes: neighbours, as evenly as can be.
  func share(of count: Int, rank: Int) -> Range<Int> {
    count * rank / size..<count * (rank + 1) / size
  }

  /// Throws if processes would compute different bits.
  ///
  /// - Throws: ``ProcessGroupError/environments(_:_:)``.
  public func checkEnvironment(_ environment: [String: String]) async throws {
    let all = try await allGather(CanonicalJSON.encode(environment))
    if let other = all.first(where: { $0 != all[0] }) {
      throw ProcessGroupError.environments(
        String(decoding: all[0], as: UTF8.self), String(decoding: other, as: UTF8.self))
    }
  }
}

/// Why processes cannot do a training together.
public enum ProcessGroupError: Error, Equatable, CustomStringConvertible {
  /// Their kernels or processors differ.
  case environments(String, String)
  /// A rank is asked to take part in a run that it does not know.
  case unknownRun(String)

  /// What to do about it.
  public var description: String {
    switch self {
    case .environments(let first, let other):
      "ranks compute with different kernels, whose bits differ: \(first) and \(other); choose equal "
        + "machines, or the same OPENBLAS_CORETYPE on all of them"
    case .unknownRun(let key):
      "rank 0 trains \(key), which this rank has no description of: ranks were started with "
        + "different arguments, programs or data"
    }
  }
}

/// How values travel between the processes of a group.
public struct ValueCoding<Value>: Sendable {
  /// The number of bytes of a value, the same for all.
  let byteCount: Int
  let encode: @Sendable (Value) -> Data
  let decode: @Sendable (Data) -> Value

  /// A coding into so many bytes.
  public init(
    byteCount: Int, encode: @escaping @Sendable (Value) -> Data,
    decode: @escaping @Sendable (Data) -> Value
  ) {
    (self.byteCount, self.encode, self.decode) = (byteCount, encode, decode)
  }
}

extension Workers {
  /// The values of the items, in the items' order, computed by the workers of all processes.
  ///
  /// Without a coding, or of one item, each process computes all: values are the same everywhere.
  public func map(
    _ items: [Item], in group: (any ProcessGroup)?, as coding: ValueCoding<Value>?
  ) async throws -> [Value] {
    guard let group, let coding, group.size > 1, items.count > 1 else {
      return try await map(items)
    }
    let own = try await map(Array(items[group.share(of: items.count, rank: group.rank)]))
    let gathered = try await group.allGather(own.reduce(into: Data()) { $0 += coding.encode($1) })
    return gathered.enumerated().flatMap { rank, data in
      precondition(
        data.count == group.share(of: items.count, rank: rank).count * coding.byteCount,
        "rank \(rank) computes something else")
      return stride(from: data.startIndex, to: data.endIndex, by: coding.byteCount).map {
        coding.decode(data[$0..<$0 + coding.byteCount])
      }
    }
  }
}
