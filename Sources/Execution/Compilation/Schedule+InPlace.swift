/// Values that are computed where an operand lies.
extension Schedule {
  /// The stages that read each value; those that come after all stages for results.
  func readers(_ results: [Int]) -> [Int: [Int]] {
    var readers: [Int: [Int]] = [:]
    for (index, stage) in stages.enumerated() {
      for id in fusion.reads(stage) { readers[id, default: []].append(index) }
    }
    for id in results { readers[fusion.source(id), default: []].append(stages.count) }
    return readers
  }

  /// A large operand that nobody reads after a loop of one result, which can then take its place:
  /// each number of it is computed last of all, from the number that lies there.
  ///
  /// That spares memory, and the time to fetch lines from it that are only written; what stays in
  /// the cache has no use for it.
  func operandUpdatedInPlace(
    by fused: Fusion.FusedLoop, at stage: Int, _ readers: [Int: [Int]]
  ) -> Int? {
    guard fused.roots.count == 1, let root = fused.roots.first, fusion.kind(root) == .map,
      fused.geometry.count >= CacheSize.half
    else { return nil }
    let spread = Set(fusion.expression(of: root).views.flatMap(fusion.operands))
    return fused.reads.subtracting(spread).filter { operand in
      fusion.graph.nodes[operand].shape.count == fused.geometry.count
        && isReadLast(operand, by: stage, of: root, readers)
    }.min()
  }

  /// The images whose maxima decide where something is placed, if nobody reads them afterwards.
  ///
  /// Only where memory is short: whether plans are shared depends on what they need otherwise, and
  /// bits on that.
  func operandUpdatedInPlace(by id: Int, at stage: Int, _ readers: [Int: [Int]]) -> Int? {
    guard sparesMemory, case .poolPlace = fusion.graph.nodes[id].op else { return nil }
    let operands = fusion.operands(id)
    guard operands[0] != operands[1], isReadLast(operands[0], by: stage, of: id, readers) else {
      return nil
    }
    return operands[0]
  }

  private func isReadLast(
    _ operand: Int, by stage: Int, of result: Int, _ readers: [Int: [Int]]
  ) -> Bool {
    fusion.kind(operand) != .input && fusion.varies[operand] == fusion.varies[result]
      && (readers[operand] ?? []).allSatisfy {
        $0 == stage || $0 < stage && latest[$0] < earliest[stage]
      }
  }
}
