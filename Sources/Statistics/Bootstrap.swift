/// The bootstrap distribution of a mean.
struct Bootstrap {
  /// A seed of no meaning; fixed, so that an interval is a function of its values.
  private static let seed: UInt64 = 0x5EED_0F_5EED5

  private let values: [Double]
  private let mean: Double
  private let sortedMeans: [Double]

  init(of values: [Double], resamples: Int) {
    precondition(values.count > 1 && resamples > 0, "Bootstrap: needs two values and one resample")
    var generator = SplitMix64(seed: Self.seed)
    let n = values.count
    var means: [Double] = []
    means.reserveCapacity(resamples)
    for _ in 0..<resamples {
      var sum = 0.0
      for _ in 0..<n { sum += values[generator.index(below: n)] }
      means.append(sum / Double(n))
    }
    self.values = values
    mean = values.reduce(0, +) / Double(n)
    sortedMeans = means.sorted()
  }

  /// The bias-corrected and accelerated ends.
  ///
  /// With z₀ the normal quantile of the share of resampled means below the mean and a the
  /// acceleration, the ends are the quantiles of the distribution at Φ(z₀ + (z₀ + z) / (1 − a (z₀ + z)))
  /// for z = ∓ z_α. The expanded z_α is √(n / (n − 1)) · t_{n − 1}.
  func acceleratedEnds(level: Double) -> (lower: Double, upper: Double) {
    guard let first = values.first, values.contains(where: { $0 != first }) else {
      return (mean, mean)
    }
    let n = Double(values.count)
    let z =
      (n / (n - 1)).squareRoot() * StudentT(degreesOfFreedom: n - 1).quantile((1 + level) / 2)
    let (z0, a) = (biasCorrection, acceleration)
    func end(_ z: Double) -> Double {
      let shifted = z0 + z
      return quantile(Normal.cumulative(z0 + shifted / max(1 - a * shifted, 1e-3)))
    }
    return (min(end(-z), mean), max(end(z), mean))
  }

  /// The normal quantile of the share of resampled means below the mean, ties counting half.
  private var biasCorrection: Double {
    let below = sortedMeans.partitioningIndex { $0 >= mean }
    let notAbove = sortedMeans.partitioningIndex { $0 > mean }
    let share = Double(below + notAbove) / 2 / Double(sortedMeans.count)
    let resolution = 0.5 / Double(sortedMeans.count)
    return Normal.quantile(min(max(share, resolution), 1 - resolution))
  }

  /// The acceleration from the jackknife: Σd³ / 6 (Σd²)^{3/2}, d the values' deviations.
  ///
  /// For a mean the jackknife values deviate as the values do, divided by n − 1 with sign reversed.
  private var acceleration: Double {
    let deviations = values.map { $0 - mean }
    let squares = deviations.reduce(0) { $0 + $1 * $1 }
    let cubes = deviations.reduce(0) { $0 + $1 * $1 * $1 }
    return cubes / (6 * squares * squares.squareRoot())
  }

  private func quantile(_ probability: Double) -> Double {
    let position = probability * Double(sortedMeans.count - 1)
    let index = min(max(Int(position), 0), sortedMeans.count - 1)
    let next = min(index + 1, sortedMeans.count - 1)
    let fraction = position - Double(index)
    return sortedMeans[index] + fraction * (sortedMeans[next] - sortedMeans[index])
  }
}

extension [Double] {
  /// The first index whose element satisfies a predicate that is false before and true after it.
  fileprivate func partitioningIndex(where predicate: (Double) -> Bool) -> Int {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = (low + high) / 2
      if predicate(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
