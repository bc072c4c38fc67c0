/// Contiguous runs of numbers, moved and added in lanes.
extension UnsafeMutablePointer<Float> {
  /// Writes a copy of so many numbers here.
  @inlinable @inline(__always) package func copy(_ numbers: UnsafePointer<Float>, _ count: Int) {
    var i = 0
    while i &+ 16 <= count {
      store(numbers.lanes(i), i)
      i &+= 16
    }
    if i < count {
      Lanes(numbers + i, count: count &- i).store(to: self + i, count: count &- i)
    }
  }

  /// Adds so many numbers to those that are here.
  @inlinable @inline(__always) package func add(_ numbers: UnsafePointer<Float>, _ count: Int) {
    var i = 0
    while i &+ 16 <= count {
      store(lanes(i) + numbers.lanes(i), i)
      i &+= 16
    }
    while i < count {
      self[i] += numbers[i]
      i &+= 1
    }
  }

  /// Puts the larger of each number here and its like; NaN where either is.
  @inlinable @inline(__always) package func raise(
    to numbers: UnsafePointer<Float>, _ count: Int
  ) {
    var i = 0
    while i &+ 16 <= count {
      store(Maximum.of(lanes(i), numbers.lanes(i)), i)
      i &+= 16
    }
    while i < count {
      self[i] = Maximum.of(self[i], numbers[i])
      i &+= 1
    }
  }

  /// Sets so many numbers to zero.
  @inlinable @inline(__always) package func clear(_ count: Int) {
    update(repeating: 0, count: count)
  }
}
