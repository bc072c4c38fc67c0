import Vectors

/// Runs fused loops, block by block.
struct ElementwiseLoop {
  let instructions: UnsafeBufferPointer<Instruction>
  let expansions: UnsafeBufferPointer<Expansion>
  let reductions: UnsafeBufferPointer<LoopReduction>
  let axes: UnsafeBufferPointer<Access.Axis>
  let arguments: UnsafeBufferPointer<UInt>
  let values: UnsafeMutablePointer<Float>
  let registers: UnsafeMutablePointer<Float>

  /// Runs some tiles; tiles may run in any order and by any worker.
  ///
  /// What is expanded stays in the registers from one tile to the next.
  func run(_ loop: Loop, tiles: Range<Int>) {
    for e in loop.expansions where expansions[e].kind == .constant {
      fill(registers + expansions[e].register, expansions[e].value, loop.block)
    }
    var expanded: Int?
    for tile in tiles {
      let start = tile * loop.tile
      let end = min(start + loop.tile, loop.count)
      for r in loop.reductions { begin(reductions[r], loop, start, end, tile) }
      var position = start
      while position < end {
        let segment = position / loop.segment
        let stop = min(end, (segment + 1) * loop.segment)
        if expanded != segment {
          for e in loop.expansions where expansions[e].kind == .perSegment {
            expandSegment(expansions[e], at: position, block: min(loop.block, loop.segment))
          }
          expanded = segment
        }
        runSegment(loop, tile, position..<stop)
        position = stop
        for r in loop.reductions where reductions[r].kind == .accumulated {
          let span = reductions[r].repeats * reductions[r].period
          if position == end || position % span == 0 {
            fold(reductions[r], loop, tile, position - 1)
          }
        }
      }
    }
  }

  private func runSegment(_ loop: Loop, _ tile: Int, _ places: Range<Int>) {
    for position in stride(from: places.lowerBound, to: places.upperBound, by: loop.block) {
      let count = min(loop.block, places.upperBound - position)
      for e in loop.expansions {
        switch expansions[e].kind {
        case .perBlock: expandBlock(expansions[e], at: position, count: count)
        case .strided: gather(expansions[e], at: position, count: count)
        case .constant, .perSegment: break
        }
      }
      if let first = instructions.baseAddress {
        for i in loop.instructions { execute(first + i, at: position, count: count) }
      }
      if let first = reductions.baseAddress {
        for r in loop.reductions { accumulate(first + r, loop, tile, position, count) }
      }
    }
  }

  /// Combines the tiles' partial results, in order.
  func combine(_ loop: Loop) {
    for r in loop.reductions {
      let reduction = reductions[r]
      guard let combined = reduction.combined else { continue }
      let result = values + combined
      let partial = values + reduction.offset
      let period = reduction.period
      result.update(from: partial, count: period)
      for tile in 1..<loop.tileCount {
        let next = partial + tile * period
        if reduction.isMaximum {
          result.raise(to: next, period)
        } else {
          for i in 0..<period { result[i] += next[i] }
        }
      }
    }
  }

  // MARK: Operands

  @inline(__always)
  func pointer(_ place: Place, _ position: Int) -> UnsafeMutablePointer<Float> {
    switch place.kind {
    case .register: registers + place.offset
    case .moving: values + (place.offset &+ position)
    case .argument:
      UnsafeMutablePointer(bitPattern: arguments[place.offset]).unsafelyUnwrapped + position
    case .cyclic:
      values + (place.offset + position / place.span * place.period + position % place.period)
    }
  }

  @inline(__always)
  private func fill(_ target: UnsafeMutablePointer<Float>, _ value: Float, _ count: Int) {
    target.update(repeating: value, count: count)
  }

  private func expandSegment(_ expansion: Expansion, at position: Int, block: Int) {
    let span = expansion.repeats * expansion.period
    let source = values + (expansion.offset + position / span * expansion.period)
    let target = registers + expansion.register
    let period = expansion.period
    if period == 1 { return fill(target, source[0], block) }
    target.copy(source, min(period, block))
    var filled = period
    while filled < block {
      let more = min(filled, block - filled)
      (target + filled).copy(target, more)
      filled += more
    }
  }

  private func expandBlock(_ expansion: Expansion, at position: Int, count: Int) {
    let (repeats, period) = (expansion.repeats, expansion.period)
    var source = values + (expansion.offset + position / repeats)
    var target = registers + expansion.register
    let end = target + count
    if period == 1 {
      while target < end {
        fill(target, source[0], repeats)
        target += repeats
        source += 1
      }
      return
    }
    while target < end {
      for _ in 0..<repeats {
        target.copy(source, period)
        target += period
      }
      source += period
    }
  }

  private func gather(_ expansion: Expansion, at position: Int, count: Int) {
    let target = registers + expansion.register
    let inner = axes[expansion.axes.upperBound - 1]
    var done = 0
    while done < count {
      var rest = position + done
      var offset = expansion.offset
      let column = rest % inner.extent
      rest /= inner.extent
      var axis = expansion.axes.upperBound - 2
      while axis >= expansion.axes.lowerBound {
        offset += rest % axes[axis].extent * axes[axis].stride
        rest /= axes[axis].extent
        axis -= 1
      }
      let run = min(inner.extent - column, count - done)
      let source = values + (offset + column * inner.stride)
      let stride = inner.stride
      if stride == 1 {
        (target + done).update(from: source, count: run)
      } else {
        for i in 0..<run { target[done &+ i] = source[i &* stride] }
      }
      done += run
    }
  }

  // MARK: Reductions

  private func begin(
    _ reduction: LoopReduction, _ loop: Loop, _ start: Int, _ end: Int, _ tile: Int
  ) {
    let neutral: Float = reduction.isMaximum ? -.infinity : 0
    switch reduction.kind {
    case .accumulated: fill(registers + reduction.register, neutral, loop.block)
    case .perBlock: break
    case .inMemory:
      let span = reduction.repeats * reduction.period
      let target = self.target(reduction, tile, start)
      fill(target, neutral, ((end - 1) / span - start / span + 1) * reduction.period)
    }
  }

  /// Where the results of the span that holds a position go.
  private func target(
    _ reduction: LoopReduction, _ tile: Int, _ position: Int
  ) -> UnsafeMutablePointer<Float> {
    let index =
      reduction.combined != nil ? tile : position / (reduction.repeats * reduction.period)
    return values + (reduction.offset + index * reduction.period)
  }

  private func accumulate(
    _ reduction: UnsafePointer<LoopReduction>, _ loop: Loop, _ tile: Int, _ position: Int,
    _ count: Int
  ) {
    let a = UnsafePointer(pointer(reduction.pointee.a, position))
    let b = reduction.pointee.b.map { UnsafePointer(pointer($0, position)) }
    let (period, isMaximum) = (reduction.pointee.period, reduction.pointee.isMaximum)
    switch reduction.pointee.kind {
    case .accumulated:
      add(a, b, to: registers + reduction.pointee.register, count, isMaximum)
    case .inMemory:
      let target = target(reduction.pointee, tile, position)
      add(a, b, to: target + position % period, count, isMaximum)
    case .perBlock:
      let repeats = reduction.pointee.repeats
      var target = target(reduction.pointee, tile, position)
      var row = 0
      while row < count {
        for c in 0..<period {
          var total: Float = isMaximum ? -.infinity : 0
          for r in 0..<repeats {
            let i = row &+ r &* period &+ c
            let value = b.map { a[i] * $0[i] } ?? a[i]
            total = isMaximum ? Maximum.of(total, value) : total + value
          }
          target[c] = total
        }
        target += period
        row += repeats * period
      }
    }
  }

  @inline(__always)
  private func add(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>?, to target: UnsafeMutablePointer<Float>,
    _ count: Int, _ isMaximum: Bool
  ) {
    if isMaximum { return target.raise(to: a, count) }
    var i = 0
    if let b {
      while i &+ 16 <= count {
        target.store(target.lanes(i).addingProduct(a.lanes(i), b.lanes(i)), i)
        i &+= 16
      }
      while i < count {
        target[i] = target[i].addingProduct(a[i], b[i])
        i &+= 1
      }
    } else {
      while i &+ 16 <= count {
        target.store(target.lanes(i) + a.lanes(i), i)
        i &+= 16
      }
      while i < count {
        target[i] += a[i]
        i &+= 1
      }
    }
  }

  private func fold(_ reduction: LoopReduction, _ loop: Loop, _ tile: Int, _ position: Int) {
    let period = reduction.period
    let register = registers + reduction.register
    let target = self.target(reduction, tile, position)
    // Halving keeps the sum balanced: rounding grows with the logarithm of the block.
    var rows = loop.block / period
    while rows > 1 {
      let half = rows / 2
      let low = register
      let high = register + (rows - half) * period
      if reduction.isMaximum {
        low.raise(to: high, half * period)
      } else {
        low.add(high, half * period)
      }
      rows -= half
    }
    target.copy(register, period)
    fill(register, reduction.isMaximum ? -.infinity : 0, loop.block)
  }
}
