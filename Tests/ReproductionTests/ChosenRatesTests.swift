import Claims
import DataSets
import Experiments
import Foundation
import Reproduction
import Statistics
import Testing

@testable import Arnold2021Setup

/// The adaptation rates of Arnold's networks against the kept searches that they come from.
struct ChosenRatesTests {
  private struct Search: Decodable {
    var results: BesidePaper<Grid<RateTrial, TrialAccuracy>>
  }

  private struct Place: Hashable {
    var variant: Variant
    var family: Family
  }

  @Test(arguments: [
    ("tableD6-rate-search", Budget.standard),
    ("published/tableD6-rate-search.overnight", .overnight),
  ])
  func ratesAreThoseThatWereChosen(name: String, budget: Budget) throws {
    let file = try DataFolder.located().url.appending(path: "results/\(name).json")
    let search = try JSONDecoder().decode(Search.self, from: Data(contentsOf: file)).results.found
    let places = Dictionary(grouping: search.found) {
      Place(variant: $0.place.variant, family: $0.place.family)
    }
    #expect(!places.isEmpty)
    for (place, trials) in places {
      #expect(trials.allSatisfy { $0.values.seeds.allSatisfy { $0 >= 100 } })
      let chosen = RateTrial.chosen(of: trials.map { ($0.place.rate, $0.values) })
      let preset = try #require(place.variant.method.rates[place.family])
      #expect(
        SearchedRates.rate(
          of: preset, on: place.variant.set, depth: place.variant.depth, at: budget) == chosen,
        "\(place)")
    }
  }

  @Test func theLeastOfTheGoodRatesIsChosenAndNoneThatDiverges() {
    func found(_ accuracies: [Double?]) -> PerSeed<TrialAccuracy> {
      PerSeed(
        seeds: (0..<UInt64(accuracies.count)).map { $0 },
        values: accuracies.map { TrialAccuracy(accuracy: $0) })
    }
    let (low, high) = (found([0.40, 0.44]), found([0.43, 0.44]))
    #expect(RateTrial.chosen(of: [(0.1, low), (0.3, high)]) == 0.1)
    #expect(RateTrial.chosen(of: [(0.1, found([0.30, 0.32])), (0.3, high)]) == 0.3)
    #expect(RateTrial.chosen(of: [(0.1, low), (0.3, found([0.9, nil]))]) == 0.1)
    #expect(RateTrial.chosen(of: [(0.1, found([nil, nil]))]) == nil)
  }
}
