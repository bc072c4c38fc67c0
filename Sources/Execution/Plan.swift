import Tensors

/// What to compute, in which order, and where each value lies.
///
/// A plan is made once for a traced graph and replayed on numbers, by any number of workers, each in
/// an arena of its own. It allocates nothing while it runs, apart from the arrays that it returns.
public struct Plan: Sendable {
  enum Step: Sendable {
    case loop(Loop)
    case product(MatrixProduct)
    case convolution(ConvolutionKernel)
    case pooling(PoolingKernel)
    case layout(LayoutKernel)
    case solve(CholeskyKernel)
  }

  /// A step's name and the part of the model that it belongs to, for profiles.
  struct Description: Hashable, Sendable {
    var operation: String
    var label: String
  }

  var steps: [Step] = []
  var descriptions: [Description] = []
  var instructions: [Instruction] = []
  var expansions: [Expansion] = []
  var reductions: [LoopReduction] = []
  var axes: [Access.Axis] = []
  /// Where the arguments go, by their number; nil for those that nothing reads.
  var inputs: [(offset: Int, count: Int)?] = []
  var results: [(offset: Int, shape: Shape)] = []
  var valueCount = 0
  var scratchCount = 16
  /// Multiplications and additions of matrix products and convolutions, for one replay.
  public internal(set) var floatingPointOperations = 0.0

  /// Bytes of one worker's arena.
  public var arenaBytes: Int { (valueCount + scratchCount) * MemoryLayout<Float>.stride }

  /// The number of steps.
  public var stepCount: Int { steps.count }

  /// The memory for one worker to replay this plan in.
  public func makeArena() -> Arena { Arena(values: valueCount, scratch: scratchCount) }

  func load(_ arguments: [ShapedArray], into arena: Arena) {
    for (input, argument) in zip(inputs, arguments) {
      guard let input else { continue }
      argument.scalars.withUnsafeBufferPointer { numbers in
        precondition(numbers.count == input.count, "an argument's shape differs from the trace")
        guard let base = numbers.baseAddress else { return }
        (arena.values + input.offset).update(from: base, count: input.count)
      }
    }
  }

  func replay(in arena: Arena, _ observe: ((Int) -> Void)? = nil) {
    instructions.withUnsafeBufferPointer { instructions in
      expansions.withUnsafeBufferPointer { expansions in
        reductions.withUnsafeBufferPointer { reductions in
          axes.withUnsafeBufferPointer { axes in
            steps.withUnsafeBufferPointer { steps in
              let empty = UnsafeRawPointer(arena.values)
              let loops = ElementwiseLoop(
                instructions: instructions.baseAddress
                  ?? empty.assumingMemoryBound(to: Instruction.self),
                expansions: expansions.baseAddress ?? empty.assumingMemoryBound(to: Expansion.self),
                reductions: reductions.baseAddress
                  ?? empty.assumingMemoryBound(to: LoopReduction.self),
                axes: axes.baseAddress ?? empty.assumingMemoryBound(to: Access.Axis.self),
                values: arena.values, registers: arena.scratch)
              for index in steps.indices {
                run(steps[index], loops, arena)
                observe?(index)
              }
            }
          }
        }
      }
    }
  }

  @inline(__always)
  private func run(_ step: Step, _ loops: ElementwiseLoop, _ arena: Arena) {
    switch step {
    case .loop(let loop):
      for chunk in 0..<loop.chunkCount { loops.run(loop, chunk: chunk) }
      if loop.chunkCount > 1 { loops.combine(loop) }
    case .product(let product):
      for index in 0..<product.batch { product.run(arena.values, index) }
    case .convolution(let kernel): kernel.run(arena.values, arena.scratch)
    case .pooling(let kernel):
      for image in 0..<kernel.images { kernel.run(arena.values, image) }
    case .layout(let kernel): kernel.run(arena.values)
    case .solve(let kernel):
      for index in 0..<kernel.batch { kernel.run(arena.values, index) }
    }
  }

  func collect(from arena: Arena) -> [ShapedArray] {
    results.map { result in
      let numbers = UnsafeBufferPointer(
        start: arena.values + result.offset, count: result.shape.count)
      return ShapedArray(Array(numbers), shape: result.shape)
    }
  }
}

extension Plan {
  package var dump: String {
    var lines: [String] = []
    for (step, d) in zip(steps, descriptions) {
      switch step {
      case .loop(let l):
        if l.count < 5000 { continue }
        var reads = Set<Int>(), writes = Set<Int>()
        for i in l.instructions {
          let x = instructions[i]
          for p in [x.a, x.b, x.c] where p.kind == .moving { reads.insert(p.offset) }
          if x.result.kind == .moving { writes.insert(x.result.offset) }
        }
        for r in l.reductions {
          if reductions[r].a.kind == .moving { reads.insert(reductions[r].a.offset) };
          if let b = reductions[r].b, b.kind == .moving { reads.insert(b.offset) }
        }
        lines.append(
          "loop \(d.label) n=\(l.count) block=\(l.block) seg=\(l.segment) chunk=\(l.chunk) instr=[\(l.instructions.map { "\(instructions[$0].code)" }.joined(separator: " "))] expansions=\(l.expansions.map { "\(expansions[$0].kind)" }) red=\(l.reductions.map { "\(reductions[$0].kind)" }) reads=\(reads.subtracting(writes).count) writes=\(writes.count)"
        )
      default: lines.append("\(d.operation) \(d.label)")
      }
    }
    return lines.joined(separator: "\n")
  }
}
