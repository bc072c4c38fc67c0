import Experiments
import Statistics
import Testing

@testable import Reproduction

/// Places need not have the same seeds.
struct GridTests {
  private func outcomes(_ seeds: [UInt64]) async throws -> Grid<String, Double> {
    let study = try grid(["all", "few"], seeds: { $0 == "few" ? seeds.filter { $0 < 2 } : seeds }) {
      place, seed in
      Availability.available(Study(Double(seed) + (place == "few" ? 0.5 : 0)))
    }
    let folder = try Session<ToyFigure>().folder
    return try await study.value(from: RunStore(folder: folder))
  }

  @Test func aDifferenceIsTakenOverSharedSeeds() async throws {
    let found = try await outcomes([0, 1, 2, 3])
    #expect(found["all"]?.count == 4 && found["few"]?.seeds == [0, 1])
    let gain = try #require(found.gain(of: "few", over: "all") { $0 })
    #expect(gain.seeds == [0, 1] && gain.values == [0.5, 0.5])
  }

  @Test func aPlaceWithoutSeedsIsNotThere() async throws {
    let found = try await outcomes([2, 3])
    #expect(found.places == ["all"] && found["few"] == nil)
    #expect(found.gain(of: "few", over: "all") { $0 } == nil)
  }

  @Test func seedsOfAPlaceAreJoinedWhereOthersHaveThem() async throws {
    func tree(_ grid: Grid<String, Double>) throws -> SeedTree {
      try CanonicalJSON.decode(SeedTree.self, from: CanonicalJSON.encode(grid))
    }
    let late = try await outcomes([2, 3])
    let early = try await outcomes([0, 1])
    let whole = try await outcomes([0, 1, 2, 3])
    #expect(try tree(late).joined(with: tree(early)) == tree(whole))
  }
}
