/// Values that are computed where an operand lies.
extension Fusion {
  /// The stages that read each value; those that come after all stages for results.
  func readers(_ results: [Int]) -> [Int: [Int]] {
    var readers: [Int: [Int]] = [:]
    for (index, stage) in stages.enumerated() {
      for id in reads(stage) { readers[id, default: []].append(index) }
    }
    for id in results { readers[source(id), default: []].append(stages.count) }
    return readers
  }

  /// A large operand that nobody reads after a loop of one result, which can then take its place:
  /// each number of it is computed last of all, from the number that lies there.
  ///
  /// That spares memory, and the time to fetch lines from it that are only written; what stays in
  /// the cache has no use for it.
  func operandReplaced(
    by cluster: Cluster, at stage: Int, _ readers: [Int: [Int]]
  ) -> Int? {
    guard cluster.roots.count == 1, let root = cluster.roots.first, kind(root) == .map,
      cluster.geometry.count >= CacheSize.half
    else { return nil }
    let spread = Set(expression(of: root).views.flatMap(operands))
    return cluster.reads.subtracting(spread).filter { operand in
      graph.nodes[operand].shape.count == cluster.geometry.count && kind(operand) != .input
        && varies[operand] == varies[root]
        && (readers[operand] ?? []).allSatisfy {
          $0 == stage || $0 < stage && dues[$0] <= levels[stage]
        }
    }.min()
  }
}
