extension Kernels {
  /// Runs parts of a step and of another that follows it, a stretch of the one and then of the
  /// other, so that this finds in the cache what that has written.
  func runInTurns(
    _ first: Int, _ firstTiles: Range<Int>, _ second: Int, _ secondTiles: Range<Int>,
    _ scratch: UnsafeMutablePointer<Float>
  ) {
    var (done, reached, followed) = (firstTiles.lowerBound, 0, secondTiles.lowerBound)
    if done > 0 { reached = steps[first].reach(done - 1, tapParts) }
    while followed < secondTiles.upperBound {
      let start = done
      let goal = reached + Self.stretch
      while done < firstTiles.upperBound && reached < goal {
        reached = steps[first].reach(done, tapParts)
        done += 1
      }
      run(first, start..<done, scratch)
      let begin = followed
      while followed < secondTiles.upperBound,
        done == firstTiles.upperBound || steps[second].reach(followed, tapParts) <= reached
      { followed += 1 }
      run(second, begin..<followed, scratch)
    }
    run(first, done..<firstTiles.upperBound, scratch)
  }

  /// Numbers that a step goes ahead: with what else it reads, they stay in the second-level cache.
  private static let stretch = 32_768
}

extension Plan.Step {
  /// Whether it goes in order through what it passes on or follows.
  var goesInOrder: Bool {
    switch self {
    case .loop, .planes, .pooling: true
    case .taps(let kernel): kernel.goesInOrder
    default: false
    }
  }

  /// Numbers, from the first, of what it passes on or follows that a part ends with.
  ///
  /// `parts`: the plan's table.
  func reach(_ tile: Int, _ parts: UnsafeBufferPointer<ShiftedConvolution.Part>) -> Int {
    switch self {
    case .loop(let loop): min((tile + 1) * loop.tile, loop.count)
    case .planes(let kernel): kernel.reach(tile)
    case .taps(let kernel): kernel.reach(parts[kernel.parts.lowerBound + tile])
    case .pooling(let kernel): kernel.reach(tile)
    default: fatalError("a step that takes turns goes in order")
    }
  }
}
