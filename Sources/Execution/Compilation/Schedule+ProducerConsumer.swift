import Tensors

/// Stages that several workers can go through in turns.
extension Schedule {
  /// Whether a stage can follow another one part by part, through a large value that one writes and
  /// the other reads in the same order: it then reads from the cache what would have left it.
  ///
  /// Both must only ever need of each other what lies in that value up to where they are.
  func canConsume(_ stage: Int, _ first: Int) -> Bool {
    let before = stages[first]
    guard let passed = values(writtenInOrderBy: before) else { return false }
    let needed = fusion.reads(stages[stage]).intersection(fusion.writes(before))
    guard !needed.isEmpty, needed.isSubset(of: passed) else { return false }
    if case .operation(let id) = stages[stage], let base = fusion.accumulations[id]?.base,
      fusion.reads(before).contains(base)
    {
      return false
    }
    return isReadInOrder(needed, by: stages[stage])
  }

  /// Cuts a loop where rows end of the images that an operation takes turns with it on, so that
  /// workers who share both can have the same images in both.
  mutating func cutLoop(_ stage: Int, beside other: Int) {
    guard case .loop(var fused) = stages[stage], case .operation(let sum) = stages[other] else {
      return
    }
    let id = fusion.accumulations[sum]?.contraction ?? sum
    let images: Shape
    let rows: Int
    switch fusion.graph.nodes[id].op {
    case .poolPick(let side), .poolPlace(let side):
      (images, rows) = (fusion.graph.nodes[fusion.graph.nodes[id].inputs[0]].shape, side)
    case .convolution: (images, rows) = (fusion.graph.nodes[id].shape, 1)
    default: return
    }
    fused.geometry.cut(at: rows * images[2] * images[3])
    stages[stage] = .loop(fused)
  }

  /// The large values that a stage writes from the first number to the last.
  private func values(writtenInOrderBy stage: Fusion.Stage) -> Set<Int>? {
    switch stage {
    case .loop(let fused):
      guard fused.geometry.count >= CacheSize.half else { return nil }
      return Set(fused.roots.filter { fusion.kind($0) == .map })
    case .operation(let id):
      guard fusion.accumulations[id] == nil, fusion.graph.nodes[id].shape.count >= CacheSize.half
      else {
        return nil
      }
      switch fusion.graph.nodes[id].op {
      case .convolution, .poolPlace: return [id]
      default: return nil
      }
    case .argument, .result: return nil
    }
  }

  private func isReadInOrder(_ values: Set<Int>, by stage: Fusion.Stage) -> Bool {
    switch stage {
    case .loop(let fused):
      return values.allSatisfy { fusion.graph.nodes[$0].shape.count == fused.geometry.count }
        && fused.roots.flatMap { fusion.expression(of: $0).views }.allSatisfy {
          values.isDisjoint(with: fusion.operands($0))
        }
    case .operation(let id):
      let node = fusion.accumulations[id]?.contraction ?? id
      switch fusion.graph.nodes[node].op {
      case .poolPick: return true
      default: return false
      }
    case .argument, .result: return false
    }
  }
}
