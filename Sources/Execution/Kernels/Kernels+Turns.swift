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
        reached = reach(of: first, done)
        done += 1
      }
      run(first, start..<done, scratch)
      let begin = followed
      while followed < secondCount,
        done == firstCount || reach(of: second, followed) <= reached
      { followed += 1 }
      run(second, begin..<followed, scratch)
    }
    run(first, done..<firstCount, scratch)
    finish(first)
    finish(second)
  }

  /// Numbers, from the first, of what a step passes on or follows that a part ends with.
  private func reach(of step: Int, _ unit: Int) -> Int {
    switch steps[step] {
    case .loop(let loop): min((unit + 1) * loop.chunk, loop.count)
    case .planes(let kernel): kernel.reach(unit)
    case .taps(let convolution): products(of: convolution).reach(unit)
    case .pooling(let kernel): kernel.reach(unit)
    default: fatalError("a step that takes turns goes in order")
    }
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
}
