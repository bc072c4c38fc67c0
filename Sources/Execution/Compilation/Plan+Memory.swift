import Tensors

/// What steps read and write of the arena.
///
/// That alone decides which steps may run side by side (`TaskGraph`): no other list of who needs
/// whom has to agree with the places that `Layout` chose.
extension Plan {
  /// Ranges of the arena.
  struct Touched {
    var reads: [Range<Int>] = []
    var writes: [Range<Int>] = []
  }

  /// What a step reads and writes; a range may hold a little more than that.
  func touched(by step: Int) -> Touched {
    func range(_ start: Int, _ count: Int) -> Range<Int> { start..<start + max(count, 0) }
    switch steps[step] {
    case .loop(let loop): return touched(by: loop)
    case .product(let p):
      return Touched(
        reads: [
          range(p.left, p.batch * p.rows * p.inner), range(p.right, p.batch * p.inner * p.columns),
        ], writes: [range(p.result, p.batch * p.rows * p.columns)])
    case .windows(let k):
      return touched(k.role, k.geometry, first: k.first, second: k.second, result: k.result)
    case .taps(let k):
      let (images, outputs) = (range(k.images.result, k.images.count), k.outputs)
      let filter = range(k.filter, k.geometry.filterCount)
      let result = range(k.result, k.geometry.count(k.role))
      switch k.role {
      case .output: return Touched(reads: [images, filter], writes: [result])
      case .input:
        return Touched(reads: [range(outputs.result, outputs.count), filter], writes: [result])
      case .filter:
        return Touched(
          reads: [images, range(outputs.result, outputs.count)],
          writes: [result, range(k.sums.others, k.sums.room)])
      }
    case .planes(let k):
      let isFilter = k.role == .filter
      let second = isFilter ? k.geometry.outputCount : k.geometry.filterCount
      return Touched(
        reads: [range(k.images.result, k.images.count), range(k.second, second)],
        writes: [
          range(k.result, k.geometry.count(k.role)), range(k.sums.others, k.sums.room),
        ])
    case .spaceToDepth(let f):
      return Touched(
        reads: [range(f.source, f.images * f.height * f.width * f.channels)],
        writes: [range(f.result, f.count)])
    case .planarPacking(let p):
      return Touched(
        reads: [range(p.source, p.images * p.height * p.width * p.channels)],
        writes: [range(p.result, p.count)])
    case .filterPacking(let t):
      let count = t.taps * t.channels * t.outChannels
      return Touched(reads: [range(t.filter, count)], writes: [range(t.result, count)])
    case .pooling(let k):
      let large = k.images * k.height * k.width * k.channels
      let small = k.images * (k.height / k.side) * (k.width / k.side) * k.channels
      return Touched(
        reads: [range(k.deciding, large), range(k.other, k.places ? small : large)],
        writes: [range(k.result, k.places ? large : small)])
    case .layout(let k):
      return Touched(
        reads: [range(k.source, k.reach(k.sourceStrides))],
        writes: [range(k.target, k.reach(k.targetStrides)), range(k.clearedStart, k.cleared ?? 0)])
    case .solve(let k):
      let columns = k.batch * k.size * k.columns
      return Touched(
        reads: [range(k.matrix, k.batch * k.size * k.size), range(k.right, columns)],
        writes: [range(k.result, columns)])
    case .program(let k):
      let columns = k.batch * k.size * k.columns
      return Touched(
        reads: [
          range(k.matrix, k.batch * k.size * k.size), range(k.second, columns),
          range(k.third, columns),
        ], writes: [range(k.result, columns)])
    case .transfer(let t):
      let numbers = range(t.offset, t.count)
      return t.direction == .argument ? Touched(writes: [numbers]) : Touched(reads: [numbers])
    }
  }

  private func touched(
    _ role: Convolution.Role, _ g: ConvolutionGeometry, first: Int, second: Int, result: Int
  ) -> Touched {
    let counts =
      switch role {
      case .output: (g.imageCount, g.filterCount)
      case .input: (g.outputCount, g.filterCount)
      case .filter: (g.outputCount, g.imageCount)
      }
    return Touched(
      reads: [first..<first + counts.0, second..<second + counts.1],
      writes: [result..<result + g.count(role)])
  }

  private func touched(by loop: Loop) -> Touched {
    var touched = Touched()
    /// Where earlier instructions have put a block of what later ones read.
    var written: Set<Place> = []
    func range(_ place: Place) -> Range<Int>? {
      switch place.kind {
      case _ where written.contains(place): nil
      case .register, .argument: nil
      case .moving: place.offset..<place.offset + loop.count
      case .cyclic: place.offset..<place.offset + loop.count / place.span * place.period
      }
    }
    for instruction in instructions[loop.instructions] {
      touched.reads += [instruction.a, instruction.b, instruction.c].compactMap(range)
      touched.writes += [instruction.result].compactMap(range)
      written.insert(instruction.result)
    }
    for expansion in expansions[loop.expansions] where expansion.kind != .constant {
      let count =
        expansion.kind == .strided
        ? axes[expansion.axes].reduce(1) { $0 + ($1.extent - 1) * $1.stride }
        : loop.count / expansion.repeats
      touched.reads.append(expansion.offset..<expansion.offset + count)
    }
    for reduction in reductions[loop.reductions] {
      touched.reads += [reduction.a, reduction.b].compactMap { $0.flatMap(range) }
      let count =
        reduction.combined == nil
        ? loop.count / reduction.repeats : loop.tileCount * reduction.period
      touched.writes.append(reduction.offset..<reduction.offset + count)
      if let combined = reduction.combined {
        touched.writes.append(combined..<combined + reduction.period)
      }
    }
    return touched
  }
}

extension ConvolutionGeometry {
  /// Numbers of what is computed in a role.
  fileprivate func count(_ role: Convolution.Role) -> Int {
    switch role {
    case .output: outputCount
    case .input: imageCount
    case .filter: filterCount
    }
  }
}

extension LayoutKernel {
  /// Numbers from the first to the last of a box that lies so.
  fileprivate func reach(_ strides: [Int]) -> Int {
    zip(extents, strides).reduce(run) { $0 + ($1.0 - 1) * $1.1 }
  }
}
