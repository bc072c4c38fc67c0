/// The least-squares slope of y over x, Σ(x − x̄)(y − ȳ) / Σ(x − x̄)², or nil if all x are equal.
public func slope(of y: [Double], over x: [Double]) -> Double? {
  precondition(x.count == y.count, "slope: \(y.count) values over \(x.count) points")
  let n = Double(x.count)
  let (x̄, ȳ) = (x.reduce(0, +) / n, y.reduce(0, +) / n)
  var (xx, xy) = (0.0, 0.0)
  for (a, b) in zip(x, y) {
    xx += (a - x̄) * (a - x̄)
    xy += (a - x̄) * (b - ȳ)
  }
  return xx > 0 ? xy / xx : nil
}

extension PerSeed<[Double]> {
  /// The least-squares slope of each seed's curve over common points; t over seeds tests a trend.
  ///
  /// "Grows", "shrinks with depth" and "monotone" are slopes per seed: pooling the points of all
  /// seeds in one regression would count a seed's epochs as replications.
  public func slopes(over x: [Double]) -> PerSeed<Double> {
    precondition(Set(x).count > 1, "slopes: needs at least two different points, got \(x)")
    return PerSeed<Double>(
      seeds: seeds, values: values.compactMap { Statistics.slope(of: $0, over: x) })
  }
}
