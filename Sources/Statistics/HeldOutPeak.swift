/// What every seed's curve does after a peak which the *other* half of the seeds chose.
///
/// The last value of pure noise lies below its own maximum, so a peak must not be tested on the
/// curves that chose it. The seeds are cut in two halves (alternating, in their order); the mean
/// curve of each half names a peak, and each seed is measured against the peak of the half that it
/// does not belong to. Under noise all changes then have mean zero. The two halves' choices leave a
/// trace of dependence: noise of five to ten seeds passes "change below zero" in 3–4 % of cases
/// instead of 2.5 %, and "change and slope below zero", which is the claim, in 1–2 %.
public struct HeldOutPeak: Equatable, Sendable {
  /// The index of the peak against which each seed is measured; the first if several are equal.
  public let peaks: PerSeed<Int>

  /// The value at the peak minus the first one.
  public let rises: PerSeed<Double>

  /// The last value minus the value at the peak.
  public let changes: PerSeed<Double>

  /// The least-squares slope from the peak to the end; zero where the peak is the last point.
  public let slopes: PerSeed<Double>

  /// The peak of the curves over common points, of which there are at least two; nil for one seed.
  ///
  /// - Parameters:
  ///   - curves: A curve for every seed, all of the same length.
  ///   - x: The points, such as epochs; the slopes are per unit of x.
  ///   - first: The earliest point that may be the peak. From 1 on, curves that only fall have negative
  ///     rises instead of none.
  public init?(of curves: PerSeed<[Double]>, over x: [Double], from first: Int = 0) {
    guard curves.count > 1 else { return nil }
    precondition(x.indices.contains(first), "HeldOutPeak: no point \(first) of \(x.count)")
    precondition(
      curves.length == x.count && x.count > 1,
      "HeldOutPeak: curves of \(curves.length) points over \(x.count) points")
    let halves = [0, 1].map { half in
      zip(curves.values.indices, curves.values).filter { $0.0 % 2 == half }.map(\.1)
    }
    let peakOfHalf = halves.map { Self.peak(of: $0, from: first) }
    let chosen = curves.values.indices.map { peakOfHalf[1 - $0 % 2] }
    let measured = zip(curves.values, chosen)
    peaks = PerSeed(seeds: curves.seeds, values: chosen)
    rises = PerSeed(
      seeds: curves.seeds, values: measured.map { curve, peak in curve[peak] - curve[0] })
    changes = PerSeed(
      seeds: curves.seeds, values: measured.map { curve, peak in curve[x.count - 1] - curve[peak] })
    slopes = PerSeed(
      seeds: curves.seeds,
      values: measured.map { curve, peak in
        slope(of: Array(curve[peak...]), over: Array(x[peak...])) ?? 0
      })
  }

  private static func peak(of curves: [[Double]], from first: Int) -> Int {
    guard let length = curves.first?.count else { return first }
    var best = (index: first, sum: -Double.infinity)
    for index in first..<length {
      let sum = curves.reduce(0) { $0 + $1[index] }
      if sum > best.sum { best = (index, sum) }
    }
    return best.index
  }
}
