extension PerSeed<Double> {
  /// The median over seeds; of an even number, the mean of the two in the middle.
  ///
  /// Not a number if a seed's value is none, which has no place in an order.
  public var median: Double {
    precondition(count > 0, "median: no seeds")
    guard !values.contains(where: \.isNaN) else { return .nan }
    let sorted = values.sorted()
    return (sorted[(count - 1) / 2] + sorted[count / 2]) / 2
  }

  /// The median over seeds with the interval between two order statistics.
  ///
  /// It assumes nothing about the distribution: the k-th smallest and the k-th largest value
  /// enclose the median with probability 1 − 2 P(B < k), B binomial with n trials of ½. The
  /// interval has the largest k that reaches the level, or k = 1 where none does; its own `level`
  /// says what it reaches, such as 94 % for five seeds.
  ///
  /// - Parameter level: The two-sided confidence level that is wanted.
  /// - Returns: The median with its interval. A single seed bounds nothing, nor do seeds of which one
  ///   has a value that is not finite: their interval is the whole line.
  public func medianInterval(level: Double = 0.95) -> Interval {
    precondition(0 < level && level < 1, "medianInterval: level \(level) is not between 0 and 1")
    guard count > 1, values.allSatisfy(\.isFinite) else {
      return .wholeLine(estimate: median, kind: .orderStatistics, level: level, count: count)
    }
    let sorted = values.sorted()
    var (rank, reached) = (1, 1 - 2 * Self.tail(below: 1, of: count))
    while 2 * (rank + 1) <= count, 1 - 2 * Self.tail(below: rank + 1, of: count) >= level {
      rank += 1
      reached = 1 - 2 * Self.tail(below: rank, of: count)
    }
    return Interval(
      estimate: median, lower: sorted[rank - 1], upper: sorted[count - rank],
      kind: .orderStatistics, level: reached, count: count)
  }

  /// P(B < k) for B the number of heads in n tosses.
  private static func tail(below k: Int, of n: Int) -> Double {
    var (sum, term) = (0.0, 1.0)
    for _ in 0..<n { term /= 2 }
    for heads in 0..<k {
      sum += term
      term *= Double(n - heads) / Double(heads + 1)
    }
    return sum
  }
}
