import Experiments
import Foundation
import Reproduction
import TestSupport
import Testing

@testable import Refigure

/// The time of a run is told from that of another, if the two are of one kind.
struct CostEstimateTests {
  private static func json(
    filters: Int = 8, side: Int = 16, batch: Int = 4, order: String = "first", name: String = "a",
    shots: Int = 1, downsampling: String = #"{"pooling": {"side": 2}}"#
  ) -> Data {
    Data(
      """
      {"name": "meta-training", "settings": {
        "episodes": {"images": {"digest": "\(name)"}, "queries": 5, "shots": \(shots), "ways": 5},
        "learner": {"kind": "gradient learner", "order": "\(order)", "steps": 5, "model": {
          "depth": 2, "downsampling": \(downsampling), "filters": \(filters),
          "imageShape": [\(side), \(side), 3], "kind": "convolutional network"}},
        "schedule": {"batch": \(batch), "epochs": 10, "iterationsPerEpoch": 50}, "seed": 1}}
      """.utf8)
  }

  private func training(
    filters: Int = 8, side: Int = 16, batch: Int = 4, order: String = "first", name: String = "a",
    shots: Int = 1
  ) -> FlatJSON {
    FlatJSON(
      Self.json(
        filters: filters, side: side, batch: batch, order: order, name: name, shots: shots))
  }

  private func ratio(_ old: FlatJSON, _ new: FlatJSON) throws -> Double? {
    try #require(RunScale(of: old)).ratio(of: try #require(RunScale(of: new)))
  }

  @Test func sizesAreCounted() throws {
    let plain = training()
    #expect(try ratio(plain, training(name: "b")) == 1)
    #expect(try ratio(plain, training(batch: 12)) == 3)
    #expect(try ratio(plain, training(side: 32)) == 4)
    // 16² · 3 · 8 + 8² · 8 · 8 multiplications against 16² · 3 · 16 + 8² · 16 · 16.
    #expect(try ratio(plain, training(filters: 16)) == 28_672 / 10_240)
    // Five images in each of five steps and 25 in the end, against 25 in each and 25.
    #expect(try ratio(plain, training(shots: 5)) == 150 / 50)
    #expect(try ratio(plain, training(order: "second")) == nil)
  }

  @Test func measurementsCountTheirEpisodes() throws {
    func evaluation(_ count: Int, _ epochs: String) -> FlatJSON {
      FlatJSON(
        Data(
          #"{"name":"evaluation","settings":{"count":\#(count),"epochs":[\#(epochs)],"seed":0}}"#
            .utf8))
    }
    #expect(try ratio(evaluation(10, "1"), evaluation(30, "1, 2")) == 6)
    #expect(RunScale(of: FlatJSON(Data(#"{"name":"descent","settings":{}}"#.utf8))) == nil)
  }

  @Test func aFigureIsScaledByWhatItTrains() {
    let known = [training(), training(order: "second")]
    let wanted = [training(batch: 8), training(batch: 16, order: "second")]
    let estimate = CostEstimate.scaling(10, of: known, to: wanted)
    #expect(estimate == CostEstimate(seconds: 30, isScaled: true))
    #expect(estimate?.description == "estimated 30 s")
    // What was not trained there cannot be told from it.
    let least = CostEstimate.scaling(10, of: [training()], to: wanted)
    #expect(least == CostEstimate(seconds: 20, isScaled: true, isLeast: true))
    #expect(least?.description == "estimated at least 20 s")
    #expect(CostEstimate.scaling(10, of: [training()], to: [training(order: "second")]) == nil)
    #expect(CostEstimate.scaling(10, of: known, to: []) == nil)
  }

  @Test func whatFiguresShareCountsOnce() {
    let (small, large) = (training(), training(batch: 12))
    // A quarter of 8 and three quarters of it; the small one again, of which the other says more.
    let parts = [
      CostEstimate.parts(of: 8, among: [small, large]), CostEstimate.parts(of: 3, among: [small]),
    ]
    #expect(parts[0].values.sorted() == [2, 6])
    #expect(CostEstimate.together(parts) == 9)
    #expect(CostEstimate.together([parts[0], parts[0]]) == 8)
  }

  /// A choice among the epochs of a training that is done anyway adds nothing.
  @Test func aTrainingCountsOnce() throws {
    let settings = try #require(
      try JSONSerialization.jsonObject(with: Self.json()) as? [String: Any])["settings"]
    let selection: [String: Any] = [
      "name": "selection", "settings": ["test": 60, "training": try #require(settings)],
    ]
    let both = [training(), FlatJSON(try JSONSerialization.data(withJSONObject: selection))]
    let once = CostEstimate(seconds: 10, isScaled: true)
    #expect(CostEstimate.scaling(10, of: [training()], to: both) == once)
    #expect(CostEstimate.scaling(10, of: both, to: [training()]) == once)
  }

  @Test func mapsThatKeepTheirSizeCount() throws {
    // 16² · (3 · 8 + 8 · 8) against 16² · 3 · 8 + 8² · 8 · 8.
    let same = FlatJSON(Self.json(downsampling: #"{"none": {}}"#))
    #expect(try ratio(training(), same) == 22_528 / 10_240)
  }

  @Test func differencesKeepToTheirLine() {
    let differences = training().differences(
      from: training(filters: 64, side: 84, batch: 2, name: String(repeating: "f", count: 64)))
    #expect(differences.count == 5)
    for columns in [10, 40, 60, 200] {
      let text = FlatJSON.summary(of: differences, within: columns)
      #expect(text.count <= max(columns, 40), "\(text)")
    }
    let long = FlatJSON.summary(of: differences, within: 200)
    #expect(long.contains("imageShape.0: 16 → 84") && long.hasSuffix("digest: a → ffffffff…"))
    #expect(FlatJSON.summary(of: differences, within: 40).hasSuffix("and 4 more settings"))
    #expect(
      training().differenceCount(from: training(filters: 64, side: 84)) == 3)
  }

  /// Runs of which the store has others with different seeds cost what those did.
  @Test func theStoreIsAsked() async throws {
    struct Spin: Experiment {
      static let name = "spin"
      var count: Int
      var seed: Int
      func run(_ context: RunContext) async throws -> Double {
        (0..<count * 100_000).reduce(0) { sin($0 + Double($1)) }
      }
    }
    let folder = try TemporaryFolder()
    let store = RunStore(folder: folder.url, progress: .silent)
    _ = try await store.outcome(of: Spin(count: 4, seed: 0))
    let history = try RunHistory(of: store)
    func listing(_ spin: Spin) throws -> RunListing {
      let run = try PlannedRun(spin)
      let line =
        #"{"index":0,"key":"\#(run.key)","stored":false,"description":"# + run.description + "}"
      return try #require(RunListing(line: line))
    }
    let cost = try #require(
      store.stored(try RunKey(of: Spin(count: 4, seed: 0))).cost?.processorSeconds)
    let (like, larger) = (
      try listing(Spin(count: 4, seed: 1)), try listing(Spin(count: 12, seed: 1))
    )
    #expect(try history.cost(of: like, besides: []) == CostEstimate(seconds: cost))
    #expect(
      try history.cost(of: larger, besides: []) == CostEstimate(seconds: 3 * cost, isScaled: true))
    #expect(try history.reason(for: like, within: 40) == "another seed")
    #expect(try history.reason(for: larger, within: 40) == "count: 4 → 12")
  }
}
