import Foundation

/// The correlation of two curves with the seed as the unit.
///
/// One R per seed over its epochs, Fisher's z of each, and Student's t over the seeds. The epochs of
/// one run depend on one another, so that a test which counts them as independent passes 16–22 % of
/// unrelated drifting pairs; here epochs only enter the R of their seed.
public struct SeedwiseCorrelation: Equatable, Sendable {
  /// Which coefficient was taken.
  public let correlation: Correlation

  /// The coefficient of each seed.
  public let coefficients: PerSeed<Double>

  /// The correlation of each pair of curves, or nil if some seed's coefficient is undefined.
  public init?(
    of x: PerSeed<[Double]>, and y: PerSeed<[Double]>, by correlation: Correlation = .pearson
  ) {
    let pairs = x.paired(with: y)
    let defined = pairs.values.compactMap { correlation.coefficient($0.0, $0.1) }
    guard defined.count == pairs.count, !defined.isEmpty else { return nil }
    self.correlation = correlation
    coefficients = PerSeed(seeds: pairs.seeds, values: defined)
  }

  /// How much more each seed's curves go together than drift alone makes them: Fisher's z of the
  /// seed's own coefficient minus the mean z of its first curve with the *other* seeds' second ones.
  ///
  /// Two curves that both rise correlate though neither knows of the other; so do those of different
  /// seeds, of which one cannot know of the other. Nil if a coefficient is undefined, or for one seed.
  public static func beyondDrift(
    of x: PerSeed<[Double]>, and y: PerSeed<[Double]>, by correlation: Correlation = .pearson
  ) -> PerSeed<Double>? {
    let pairs = x.paired(with: y)
    guard pairs.count > 1 else { return nil }
    var excess: [Double] = []
    for (own, pair) in pairs.values.enumerated() {
      let z = pairs.values.compactMap {
        correlation.coefficient(pair.0, $0.1).map(Correlation.fisherZ)
      }
      guard z.count == pairs.count else { return nil }
      excess.append(z[own] - (z.reduce(0, +) - z[own]) / Double(pairs.count - 1))
    }
    return PerSeed(seeds: pairs.seeds, values: excess)
  }

  /// Fisher's z of each seed's coefficient.
  public var z: PerSeed<Double> { coefficients.map(Correlation.fisherZ) }

  /// tanh of the mean z, with the interval over seeds mapped back to R.
  public func interval(level: Double = 0.95) -> Interval {
    z.interval(level: level).mapped(as: .fisherOverSeeds, tanh)
  }

  /// Student's test of the mean z against a correlation.
  public func tTest(against r: Double = 0, alternative: Alternative = .twoSided) -> TTest {
    z.tTest(against: Correlation.fisherZ(r), alternative: alternative)
  }
}
