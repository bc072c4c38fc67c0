import Tensors

extension Plan {
  /// Whether several workers take part in each step of one replay.
  ///
  /// It is a matter of the plan and never of how many workers there are: it can change the last
  /// bits of results.
  public enum Sharing: Equatable, Sendable {
    /// One worker for each replay, many replays side by side.
    case never
    /// One replay after the other, for plans of few and big steps.
    case always
    /// One after the other if an arena for each worker would be one of more than so many bytes.
    case above(arenaBytes: Int)

    /// Whether a replay of its own for each worker would take too much memory.
    ///
    /// The limit: workers that have a replay each need not wait for each other and are some percent
    /// faster, for which a third of a gigabyte each is not too much. A second-order meta-gradient on
    /// mini-ImageNet takes half a gigabyte, one of first order a third.
    public static let whenLarge = above(arenaBytes: 384 << 20)
  }

  /// Compiles a graph, again to be shared if it turns out to be large, and again to keep less of its
  /// segments if it needs more memory than there is.
  init(
    _ graph: Graph, results ids: [Int], shared: Sharing, fixedInputs: Int = 0,
    within memory: Memory = .unlimited
  ) {
    self.init(graph, results: ids, isShared: shared == .always, fixedInputs: fixedInputs)
    if case .above(let limit) = shared, arenaBytes > limit {
      self.init(graph, results: ids, isShared: true, fixedInputs: fixedInputs)
    }
    if arenaBytes > memory.bytes / arenas(for: memory.workers) {
      spareMemory(graph, results: ids, toFit: memory.bytes / arenas(for: memory.workers))
    }
  }

  /// The arenas, and so the replays side by side, in which so many workers all have something to do.
  public func arenas(for workers: Int) -> Int { isShared ? 1 : workers }
}
