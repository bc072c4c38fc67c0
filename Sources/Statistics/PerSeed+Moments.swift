extension PerSeed<Double> {
  /// The mean over seeds.
  public var mean: Double {
    precondition(count > 0, "PerSeed: no seeds, so no mean")
    return values.reduce(0, +) / Double(count)
  }

  /// The standard deviation over seeds, with n − 1 in the denominator; zero for a single seed.
  public var standardDeviation: Double {
    guard count > 1 else { return 0 }
    let mean = mean
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / Double(count - 1)).squareRoot()
  }

  /// The standard error of the mean over seeds, s / √n.
  public var standardError: Double { standardDeviation / Double(count).squareRoot() }

  /// The mean over several measurements within each seed; nothing if there is none of one of them.
  ///
  /// So several data sets are pooled: what is repeated stays the seed.
  public static func mean(of measurements: [PerSeed<Double>?]) -> PerSeed<Double>? {
    let all = measurements.compactMap(\.self)
    guard let first = all.first, all.count == measurements.count else { return nil }
    return all.dropFirst().reduce(first) { sum, next in sum.paired(with: next).map { $0 + $1 } }
      .map { $0 / Double(all.count) }
  }

  /// The differences within seeds, x − y; both sides must hold the same seeds.
  public static func - (x: PerSeed<Double>, y: PerSeed<Double>) -> PerSeed<Double> {
    x.paired(with: y).map { $0.0 - $0.1 }
  }
}

extension PerSeed<[Double]> {
  /// The number of points of every seed's curve; curves of one measurement are equally long.
  public var length: Int {
    let lengths = Set(values.map(\.count))
    precondition(
      lengths.count <= 1, "PerSeed: curves of different lengths \(lengths.sorted()) over seeds")
    return lengths.first ?? 0
  }

  /// The values of all seeds at one point of the curve.
  public func point(_ index: Int) -> PerSeed<Double> { map { $0[index] } }

  /// The interval over seeds at every point of the curve; pointwise, not simultaneous.
  public func intervals(level: Double = 0.95) -> [Interval] {
    (0..<length).map { point($0).interval(level: level) }
  }
}
