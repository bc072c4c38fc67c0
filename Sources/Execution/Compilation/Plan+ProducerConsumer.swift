/// Steps that several workers go through in turns, range by range.
extension Plan {
  /// The steps that others can follow, and those.
  ///
  /// `stages`: each step's.
  func consumers(_ stages: [Int], of schedule: Schedule) -> [Int: Int] {
    var consumers: [Int: Int] = [:]
    for second in steps.indices {
      guard let producer = schedule.producers[stages[second]],
        let first = stages.lastIndex(of: producer),
        steps[first].goesInOrder && steps[second].goesInOrder
      else { continue }
      consumers[first] = second
    }
    return consumers
  }

  /// What workers do of steps that others follow, in turns with these, where both can be cut at the
  /// same numbers; of those others then nothing.
  func turns() -> [Int: [Tile]] {
    var turns: [Int: [Tile]] = [:]
    for (first, second) in consumers {
      guard let ranges = commonRanges(first, second) else { continue }
      turns[first] = ranges.map {
        Tile(step: first, parts: $0.first, consumer: (second, $0.second))
      }
      turns[second] = []
    }
    return turns
  }

  /// Ranges of two steps' parts that end at the same numbers, about as large as each other; nil if
  /// there are too few of them.
  private func commonRanges(_ a: Int, _ b: Int) -> [(first: Range<Int>, second: Range<Int>)]? {
    tapTables.parts.withUnsafeBufferPointer { table in
      func ends(_ step: Int) -> [Int] {
        (0..<steps[step].tileCount).map { steps[step].reach($0, table) }
      }
      let (ends, others) = (ends(a), ends(b))
      let numbers = Dictionary(others.enumerated().map { ($1, $0) }) { max($0, $1) }
      let size = (ends.last ?? 0) / Self.mostTurns
      var ranges: [(first: Range<Int>, second: Range<Int>)] = []
      var last = (first: 0, second: 0, end: 0)
      for (number, end) in ends.enumerated() {
        guard let other = numbers[end], end - last.end >= size || number == ends.count - 1 else {
          continue
        }
        ranges.append((last.first..<number + 1, last.second..<other + 1))
        last = (number + 1, other + 1, end)
      }
      let isWhole = last.first == ends.count && last.second == others.count
      return isWhole && ranges.count >= Self.mostTurns / 4 ? ranges : nil
    }
  }

  /// Ranges that are enough for many workers.
  private static let mostTurns = 64
}
