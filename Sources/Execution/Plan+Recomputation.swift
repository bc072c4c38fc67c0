import Tensors

extension Plan {
  /// How much memory there is for arenas.
  public struct Memory: Sendable {
    /// Bytes in all.
    public var bytes: Int
    /// The number of workers, of which each has an arena unless a plan is shared.
    public var workers: Int

    /// So much memory for so many workers.
    public init(bytes: Int, workers: Int) {
      precondition(workers > 0, "somebody has to work")
      (self.bytes, self.workers) = (bytes, workers)
    }

    /// As much as is asked for.
    public static let unlimited = Memory(bytes: .max, workers: 1)
  }

  /// The same results with less memory: gradients of pooling where its images lie, and segments
  /// computed again, as few as must be for an arena of so many bytes; all if it needs more even so.
  ///
  /// No bit of a result depends on it. What is computed again does not count among
  /// `floatingPointOperations`.
  mutating func spareMemory(_ graph: Graph, results ids: [Int], toFit bytes: Int) {
    let fusion = Schedule(
      Fusion(graph, results: ids, fixedInputs: fixedInputs, isShared: isShared)
    ).fusionInOrder
    func passes(_ segments: Int) -> (Schedule, BufferAssignment, results: [Int]) {
      let again = Recomputation(fusion, ofSegments: segments, results: ids)
      let schedule = Schedule(inOrder: again.fusion, sparingMemory: true)
      return (schedule, BufferAssignment(schedule, results: again.results), again.results)
    }
    let allowed = bytes / MemoryLayout<Float>.stride - scratchCount
    var (low, high) = (0, graph.segments.count)
    while low < high {
      let middle = (low + high) / 2
      if passes(middle).1.memory.total <= allowed { high = middle } else { low = middle + 1 }
    }
    let (schedule, buffers, results) = passes(low)
    guard buffers.memory.total < valueCount else { return }
    let (operations, fixed) = (floatingPointOperations, fixedInputs)
    self = Plan(schedule, buffers, results: results)
    (floatingPointOperations, fixedInputs) = (operations, fixed)
  }
}
