/// Who wrote each number of the arena last, and who has read it since, while steps are gone through
/// in an order that is right.
struct MemoryUse {
  private struct Stretch {
    var start: Int
    var end: Int
    var writer: Int?
    var readers: [Int] = []
  }

  /// In order, and side by side.
  private var stretches: [Stretch]

  init(count: Int) { stretches = count > 0 ? [Stretch(start: 0, end: count)] : [] }

  /// The steps that must be done before one that touches these numbers next.
  mutating func dependencies(of step: Int, _ touched: Plan.Touched) -> Set<Int> {
    var before: Set<Int> = []
    for range in touched.reads where !range.isEmpty {
      for index in cut(range) {
        guard let writer = stretches[index].writer else {
          fatalError("step \(step) reads what no step before it has written")
        }
        before.insert(writer)
        stretches[index].readers.append(step)
      }
    }
    for range in touched.writes where !range.isEmpty {
      let indices = cut(range)
      for index in indices {
        if let writer = stretches[index].writer { before.insert(writer) }
        before.formUnion(stretches[index].readers)
      }
      stretches.replaceSubrange(
        indices,
        with: [Stretch(start: range.lowerBound, end: range.upperBound, writer: step)])
    }
    before.remove(step)
    return before
  }

  /// The stretches that make up a range, cut where it begins and ends.
  private mutating func cut(_ range: Range<Int>) -> Range<Int> {
    let first = split(at: range.lowerBound)
    return first..<split(at: range.upperBound)
  }

  /// The first stretch from a place on, which begins there.
  private mutating func split(at place: Int) -> Int {
    var (low, high) = (0, stretches.count)
    while low < high {
      let middle = (low + high) / 2
      if stretches[middle].end <= place { low = middle + 1 } else { high = middle }
    }
    guard low < stretches.count, stretches[low].start < place else { return low }
    var rest = stretches[low]
    rest.start = place
    stretches[low].end = place
    stretches.insert(rest, at: low + 1)
    return low + 1
  }
}
