/// Arguments that are copied into the arena, and results that are copied out of it.
extension Fusion {
  /// Makes stages of them, so that workers who share a replay copy what they are about to read or
  /// have just written, and what can wait does.
  mutating func addTransfers(_ results: [Int]) {
    let inPlace = argumentsReadInPlace(results)
    let copied = graph.nodes.indices.filter {
      isLive[$0] && kind($0) == .input && !inPlace.contains($0)
    }
    stages.insert(
      contentsOf: copied.filter { varies[$0] }.map(Stage.argument), at: firstVaryingStage)
    let fixed = copied.filter { !varies[$0] }
    stages.insert(contentsOf: fixed.map(Stage.argument), at: 0)
    firstVaryingStage += fixed.count
    for (number, id) in results.enumerated() {
      stages.append(.result(number: number, source(id)))
    }
  }

  /// Arguments that only loops read, number by number: they need no place in the arena.
  func argumentsReadInPlace(_ results: [Int]) -> Set<Int> {
    var others = Set(results.map(source))
    for stage in stages {
      switch stage {
      case .operation: others.formUnion(reads(stage))
      case .loop(let fused):
        for root in fused.roots {
          others.formUnion(expression(of: root).views.flatMap(operands))
        }
      case .argument, .result: break
      }
    }
    return Set(graph.nodes.indices.filter { isLive[$0] && kind($0) == .input }).subtracting(others)
  }
}
