import Testing

@testable import Statistics

/// Reference values from SciPy 1.17 (`stats.t`, `stats.norm`, `special.betainc`, `stats.nct`).
@Suite struct DistributionTests {
  private func isClose(_ a: Double, _ b: Double, _ tolerance: Double) -> Bool {
    abs(a - b) <= tolerance * max(abs(b), 1e-300)
  }

  @Test(arguments: [
    (0.975, 4, 2.7764451051977934), (0.975, 1, 12.706204736174694), (0.975, 2, 4.302652729749462),
    (0.95, 9, 1.833112932656237), (0.995, 29, 2.756385903670605), (0.9, 3, 1.637744353696209),
    (0.9995, 5, 6.868826625881276), (0.975, 1000, 1.9623390808264083),
    (0.6, 7, 0.2631668613520229), (0.99999999, 4, 131.59473677528376),
  ])
  func studentQuantiles(probability: Double, ν: Double, t: Double) {
    let distribution = StudentT(degreesOfFreedom: ν)
    // 1 − p is all that is known of a small tail: 1e-16 of 1e-8.
    #expect(isClose(distribution.quantile(probability), t, 1e-8))
    #expect(isClose(distribution.quantile(1 - probability), -t, 1e-8))
    #expect(isClose(distribution.cumulative(t), probability, 1e-13))
  }

  @Test(arguments: [
    (0.5, 3, 0.3257239824240755), (1e-3, 10, 0.4996108916873705), (12.0, 2, 0.00343646683857923),
    (40.0, 30, 6.863022597203209e-28), (3.0, 200, 0.0015215235569529524),
    (5.0, 1, 0.0628329581890012),
  ])
  func studentTails(t: Double, ν: Double, tail: Double) {
    let distribution = StudentT(degreesOfFreedom: ν)
    #expect(isClose(distribution.upperTail(t), tail, 1e-11))
    #expect(isClose(distribution.upperTail(-t), 1 - tail, 1e-13))
  }

  @Test func studentAtTheEnds() {
    let distribution = StudentT(degreesOfFreedom: 4)
    #expect(distribution.quantile(0.5) == 0)
    #expect(distribution.quantile(1) == .infinity)
    #expect(distribution.quantile(0) == -.infinity)
    #expect(distribution.upperTail(.infinity) == 0)
    #expect(distribution.upperTail(-.infinity) == 1)
    #expect(distribution.upperTail(1e200) == 0)
  }

  @Test(arguments: [
    (0.975, 1.959963984540054), (0.8413447460685429, 1.0), (1e-10, -6.361340902404056),
    (0.001, -3.090232306167813), (0.3, -0.5244005127080409), (0.999999, 4.753424308817087),
  ])
  func normalQuantiles(probability: Double, z: Double) {
    #expect(isClose(Normal.quantile(probability), z, 1e-11))
    #expect(isClose(Normal.cumulative(z), probability, 1e-11))
  }

  @Test func normalAtTheEnds() {
    #expect(Normal.quantile(0.5) == 0)
    #expect(Normal.quantile(0) == -.infinity)
    #expect(Normal.quantile(1) == .infinity)
  }

  @Test(arguments: [
    (0.3, 2.0, 5.0, 0.5798250000000003), (0.9, 0.5, 0.5, 0.7951672353008665),
    (0.001, 10, 0.5, 1.762771966750129e-31), (0.999, 15, 0.5, 0.8635860750895132),
    (0.5, 100, 100, 0.5), (0.7, 3.5, 1.25, 0.36852739917558613),
  ])
  func incompleteBetaValues(x: Double, a: Double, b: Double, share: Double) {
    #expect(isClose(incompleteBeta(x, complement: 1 - x, a, b), share, 1e-11))
    #expect(isClose(incompleteBeta(1 - x, complement: x, b, a), 1 - share, 1e-11))
  }

  @Test(arguments: [
    (2.776445105, 4, 3.0, 0.38074246286637775), (1.0, 1, 0.5, 0.5927477364400293),
    (2.0, 29, 1.7, 0.6076897028452283), (-2.776445105, 4, 1.0, 0.002796673340562209),
  ])
  func noncentralValues(t: Double, ν: Double, δ: Double, share: Double) {
    let distribution = NoncentralT(degreesOfFreedom: ν, noncentrality: δ)
    #expect(isClose(distribution.cumulative(t), share, 1e-8))
  }

  @Test func splitMixSequence() {
    var generator = SplitMix64(seed: 1_234_567)
    let expected: [UInt64] = [
      6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
      4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
    ]
    #expect(expected.map { _ in generator.next() } == expected)
  }
}
