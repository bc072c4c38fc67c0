import Testing

@testable import Statistics

@Suite struct HeldOutPeakTests {
  @Test func peaksComeFromTheOtherHalf() throws {
    // Even positions peak at 1, odd ones at 2.
    let curves = PerSeed(
      seeds: [5, 6, 7], values: [[0.0, 4, 1, 0], [0.0, 1, 6, 2], [0.0, 2, 1, 0]])
    let peak = try #require(HeldOutPeak(of: curves, over: [0, 10, 20, 30]))
    #expect(peak.peaks.values == [2, 1, 2])
    #expect(peak.rises.values == [1, 1, 1])
    #expect(peak.changes.values == [-1, 1, -1])
    #expect(peak.changes.seeds == [5, 6, 7])
    #expect(zip(peak.slopes.values, [-0.1, 0.05, -0.1]).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  @Test func curvesThatOnlyRiseDoNotFall() throws {
    let peak = try #require(
      HeldOutPeak(of: PerSeed([[1.0, 2, 3], [1.0, 2, 4]]), over: [0, 1, 2]))
    #expect(peak.changes.values == [0, 0] && peak.slopes.values == [0, 0])
  }

  @Test func curvesThatOnlyFallHaveNegativeRises() throws {
    let falling = PerSeed([[3.0, 2, 1], [4.0, 2, 1]])
    #expect(try #require(HeldOutPeak(of: falling, over: [0, 1, 2])).rises.values == [0, 0])
    let peak = try #require(HeldOutPeak(of: falling, over: [0, 1, 2], from: 1))
    #expect(peak.peaks.values == [1, 1] && peak.rises.values == [-1, -2])
  }

  @Test func oneSeedHasNoOtherHalf() {
    #expect(HeldOutPeak(of: PerSeed([[1.0, 2]]), over: [0, 1]) == nil)
  }

  /// Noise falls after its held-out peak, in change and slope, no more often than the 2.5 % of one
  /// side of a 95 % interval; after its own peak it nearly always does.
  @Test func noiseHasNoHeldOutPeak() throws {
    var generator = SplitMix64(seed: 11)
    let epochs = (0..<20).map(Double.init)
    var (changes, both, naive) = (0, 0, 0)
    let repetitions = 2000
    for _ in 0..<repetitions {
      let curves = PerSeed((0..<6).map { _ in epochs.map { _ in generator.normal() } })
      let peak = try #require(HeldOutPeak(of: curves, over: epochs))
      let falls = peak.changes.interval().isBelow(0)
      if falls { changes += 1 }
      if falls && peak.slopes.interval().isBelow(0) { both += 1 }
      let own = curves.map { curve in (curve.last ?? 0) - (curve.max() ?? 0) }
      if own.interval().isBelow(0) { naive += 1 }
    }
    #expect(Double(changes) / Double(repetitions) < 0.045)
    #expect(Double(both) / Double(repetitions) < 0.025)
    #expect(Double(naive) / Double(repetitions) > 0.7)
  }
}
