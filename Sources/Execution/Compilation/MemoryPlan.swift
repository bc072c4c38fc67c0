/// Places values whose lifetimes overlap side by side, and lets the others share memory.
struct MemoryPlan {
  struct Value {
    /// Floats.
    var count: Int
    /// The stage that writes it; −1 for the program's inputs.
    var birth: Int
    /// The last stage that reads it.
    var death: Int

    /// Keeps the value for a stage, unless it is kept for longer.
    mutating func live(until stage: Int, _ schedule: Schedule) {
      if death < 0 || schedule.latest[death] <= schedule.latest[stage] { death = stage }
    }
  }

  /// Where each value lies, in floats from the arena's start.
  private(set) var offsets: [Int]
  /// Floats in all.
  private(set) var total = 0

  /// Sixteen floats: a cache line, and the widest vector.
  static let alignment = 16

  /// The largest values choose first, each the lowest place that is free during its lifetime.
  init(_ values: [Value]) {
    offsets = [Int](repeating: 0, count: values.count)
    let order = values.indices.sorted {
      (values[$0].count, values[$1].birth, $1) > (values[$1].count, values[$0].birth, $0)
    }
    var placed: [(offset: Int, end: Int, value: Int)] = []
    for index in order {
      let value = values[index]
      let size = Self.aligned(value.count)
      var offset = 0
      for other in placed {
        guard values[other.value].birth <= value.death, value.birth <= values[other.value].death
        else { continue }
        if offset + size <= other.offset { break }
        offset = max(offset, other.end)
      }
      offsets[index] = offset
      let entry = (offset: offset, end: offset + size, value: index)
      var low = 0
      var high = placed.count
      while low < high {
        let middle = (low + high) / 2
        if placed[middle].offset < offset { low = middle + 1 } else { high = middle }
      }
      placed.insert(entry, at: low)
      total = max(total, offset + size)
    }
  }

  static func aligned(_ count: Int) -> Int {
    (max(count, 1) + alignment - 1) / alignment * alignment
  }
}
