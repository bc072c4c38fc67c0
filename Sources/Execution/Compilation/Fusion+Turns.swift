/// Stages that can take turns with the one before.
extension Fusion {
  /// Whether a stage can follow the one before it part by part, through a large value that one
  /// writes and the other reads in the same order: it then reads from the cache what would have
  /// left it.
  ///
  /// Both must only ever need of each other what lies in that value up to where they are.
  func takesTurns(_ stage: Int) -> Bool {
    guard !isShared, stage > 0, stage != firstVaryingStage,
      let passed = values(writtenInOrderBy: stages[stage - 1])
    else { return false }
    let before = stages[stage - 1]
    let needed = reads(stages[stage]).intersection(writes(before))
    guard !needed.isEmpty, needed.isSubset(of: passed) else { return false }
    if case .operation(let id) = stages[stage], let base = accumulations[id]?.base,
      reads(before).contains(base)
    {
      return false
    }
    return isReadInOrder(needed, by: stages[stage])
  }

  /// The large values that a stage writes from the first number to the last.
  private func values(writtenInOrderBy stage: Stage) -> Set<Int>? {
    switch stage {
    case .loop(let cluster):
      guard cluster.geometry.count >= CacheSize.half else { return nil }
      return Set(cluster.roots.filter { kind($0) == .map })
    case .operation(let id):
      guard accumulations[id] == nil, graph.nodes[id].shape.count >= CacheSize.half else {
        return nil
      }
      switch graph.nodes[id].op {
      case .convolution, .poolPlace: return [id]
      default: return nil
      }
    }
  }

  private func isReadInOrder(_ values: Set<Int>, by stage: Stage) -> Bool {
    switch stage {
    case .loop(let cluster):
      return values.allSatisfy { graph.nodes[$0].shape.count == cluster.geometry.count }
        && cluster.roots.flatMap { expression(of: $0).views }.allSatisfy {
          values.isDisjoint(with: operands($0))
        }
    case .operation(let id):
      let node = accumulations[id]?.contraction ?? id
      switch graph.nodes[node].op {
      case .poolPick: return true
      case .convolution(let form):
        return form.role == .filter && values == [operands(node)[0]]
          && operands(node)[0] != operands(node)[1]
      default: return false
      }
    }
  }
}
