import Claims
import Foundation
import Reproduction
import Statistics
import Testing

@testable import Goldblum2020Setup

/// The settings against the kept search that they come from.
struct ChosenCoefficientTests {
  private struct Search: Decodable {
    struct Place: Codable, Hashable, Sendable {
      var pull: Double
      var shots: Int
    }

    var results: Grid<Place, Double>
  }

  @Test func theCoefficientIsTheBestOnValidationClasses() throws {
    let file = try DataFolder.located().url
      .appending(path: "results/tableA3-clustering-coefficient.json")
    let search = try JSONDecoder().decode(Search.self, from: Data(contentsOf: file))
    let accuracies = try Conv4World.pulls.map { pull in
      let found = World.testShots.map { search.results[Search.Place(pull: pull, shots: $0)] }
      let mean = try #require(PerSeed.mean(of: found))
      #expect(mean.seeds.allSatisfy { $0 >= 100 })
      return mean.mean
    }
    let best = try #require(
      Conv4World.pulls.indices.dropFirst().max { accuracies[$0] < accuracies[$1] })
    #expect(Conv4World.of(.standard).reptile.pull == Conv4World.pulls[best])
  }
}
