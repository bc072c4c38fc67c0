/// What stages read and write.
extension Fusion {
  func reads(_ stage: Stage) -> Set<Int> {
    switch stage {
    case .loop(let fused): fused.reads
    case .operation(let id):
      if let sum = accumulations[id] {
        Set(operands(sum.contraction) + [sum.base])
      } else {
        Set(operands(id))
      }
    case .argument: []
    case .result(_, let id): [id]
    }
  }

  func writes(_ stage: Stage) -> [Int] {
    switch stage {
    case .loop(let fused): fused.roots
    case .operation(let id), .argument(let id): [id]
    case .result: []
    }
  }
}
