extension Kernels {
  /// Runs a step and the next part by part, so that this finds in the cache what that has written.
  func runInTurns(from first: Int, _ scratch: UnsafeMutablePointer<Float>) {
    let second = first + 1
    let (firstCount, secondCount) = (steps[first].unitCount, steps[second].unitCount)
    var (done, reached, followed) = (0, 0, 0)
    while followed < secondCount {
      let start = done
      let goal = reached + Self.stretch
      while done < firstCount && reached < goal {
        reached = steps[first].reach(done) ?? .max
        done += 1
      }
      run(first, start..<done, scratch)
      let begin = followed
      while followed < secondCount,
        done == firstCount || steps[second].reach(followed) ?? .max <= reached
      { followed += 1 }
      run(second, begin..<followed, scratch)
    }
    run(first, done..<firstCount, scratch)
    finish(first)
    finish(second)
  }

  /// Numbers that a step goes ahead: with what else it reads, they stay in the second-level cache.
  private static let stretch = 32_768
}

extension Plan.Step {
  /// Numbers, from the first, of what it passes on or follows that a part ends with; nil for steps
  /// that do not go through it in order.
  func reach(_ unit: Int) -> Int? {
    switch self {
    case .loop(let loop): min((unit + 1) * loop.chunk, loop.count)
    case .planes(let kernel): kernel.reach(unit)
    case .taps(let kernel): kernel.reach(unit)
    case .pooling(let kernel): kernel.reach(unit)
    default: nil
    }
  }
}
