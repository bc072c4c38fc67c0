import Statistics
import Testing

struct MedianTests {
  @Test func theMiddleOfOddAndEvenCounts() {
    #expect(PerSeed([3.0, 1, 2]).median == 2)
    #expect(PerSeed([4.0, 1, 2, 10]).median == 3)
  }

  /// The ranks of the tables: n = 5 (94 %), 6 and 8 (1st), 9 (2nd), 15 (4th), 30 (10th).
  @Test(
    arguments: [(5, 1, 0.9375), (6, 1, 0.96875), (9, 2, 0.9609), (15, 4, 0.9648), (30, 10, 0.9572)]
  )
  func ranksAndLevels(count: Int, rank: Int, level: Double) {
    let interval = PerSeed((1...count).map(Double.init)).medianInterval()
    #expect(interval.lower == Double(rank) && interval.upper == Double(count + 1 - rank))
    #expect(abs(interval.level - level) < 1e-4)
    #expect(interval.kind == .orderStatistics)
  }

  @Test func oneSeedBoundsNothing() {
    #expect(!PerSeed([1.0]).medianInterval().isBounded)
  }

  @Test func itCoversTheMedianAsOftenAsItSays() {
    var generator = SplitMix64(seed: 4)
    var covered = 0
    for _ in 0..<4000 {
      let values = (0..<9).map { _ in generator.normal() }
      if PerSeed(values).medianInterval().contains(0) { covered += 1 }
    }
    #expect(abs(Double(covered) / 4000 - 0.961) < 0.012)
  }
}
