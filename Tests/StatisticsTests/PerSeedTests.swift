import Foundation
import Testing

@testable import Statistics

@Suite struct PerSeedTests {
  @Test func episodesReduceToTheSeedsMean() {
    let accuracy = PerSeed(
      seeds: [3, 7], values: [EpisodeValues([0.5, 0.7]), EpisodeValues([0.2, 0.4, 0.9])])
    #expect(accuracy.seedMeans.values == [0.6, 0.5])
    // Two replications, whatever the number of episodes.
    #expect(accuracy.seedMeans.interval().count == 2)
  }

  @Test func differencesPairBySeedNotByPosition() {
    let x = PerSeed(seeds: [1, 2, 3], values: [10.0, 20, 30])
    let y = PerSeed(seeds: [3, 1, 2], values: [3.0, 1, 2])
    #expect((x - y).values == [9, 18, 27])
    #expect((x - y).seeds == [1, 2, 3])
  }

  @Test func moments() {
    let sample = PerSeed([2.0, 4, 4, 4, 5, 5, 7, 9])
    #expect(sample.mean == 5)
    #expect(abs(sample.standardDeviation - (32.0 / 7).squareRoot()) < 1e-14)
    #expect(PerSeed([4.0]).standardDeviation == 0)
  }

  @Test func curvesAreMeasuredPointwise() {
    let curves = PerSeed([[1.0, 5], [3.0, 9]])
    #expect(curves.length == 2)
    #expect(curves.intervals().map(\.estimate) == [2, 7])
  }

  @Test func codingKeepsSeedsAndRejectsMismatches() throws {
    let sample = PerSeed(seeds: [4, 2], values: [0.5, 1.5])
    let decoded = try JSONDecoder().decode(
      PerSeed<Double>.self, from: JSONEncoder().encode(sample))
    #expect(decoded == sample)
    for broken in [#"{"seeds":[1,1],"values":[1,2]}"#, #"{"seeds":[1],"values":[1,2]}"#] {
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode(PerSeed<Double>.self, from: Data(broken.utf8))
      }
    }
  }
}
