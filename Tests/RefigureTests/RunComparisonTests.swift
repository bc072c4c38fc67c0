import Experiments
import Foundation
import Testing

@testable import Refigure

struct RunComparisonTests {
  /// Weights that grow for some epochs, one of them otherwise than the rest.
  private struct Growth: Experiment {
    static let name = "growth"
    /// Not encoded: the same run on another machine.
    var slip: Int?
    private enum CodingKeys: CodingKey {}

    func run(_ context: RunContext) async throws -> [Float] {
      var weights: [Float] = [1, 2, 3]
      for epoch in 1...3 {
        weights = weights.map { $0 * 1.5 }
        if epoch == slip { weights[1] = weights[1].nextUp }
        let arrays = SafeTensors([
          "bias": .init(shape: [1], scalars: [0]), "filter": .init(shape: [3], scalars: weights),
        ])
        try context.checkpoints.save(["weights.safetensors": arrays.encoded()], afterEpoch: epoch)
      }
      return weights
    }
  }

  private func run(slip: Int?) async throws -> (run: StoredRun, folder: URL) {
    let folder = FileManager.default.temporaryDirectory.appending(path: "refigure-\(UUID())")
    let store = RunStore(folder: folder, progress: .standardError(isQuiet: true))
    _ = try await store.outcome(of: Growth(slip: slip))
    return (store.stored(try RunKey(of: Growth())), folder)
  }

  @Test(arguments: [1, 2, 3])
  func theFirstEpochAndArrayAreNamed(slip: Int) async throws {
    let (old, new) = (try await run(slip: nil), try await run(slip: slip))
    defer {
      for folder in [old.folder, new.folder] { try? FileManager.default.removeItem(at: folder) }
    }
    #expect(RunComparison(of: old.run, with: old.run).differences.isEmpty)
    let differences = RunComparison(of: old.run, with: new.run).differences
    let first = try #require(differences.first)
    #expect(first.hasPrefix("epoch \(slip), weights.safetensors: filter [1] is "))
    #expect(first.contains("1 of 3 numbers"))
    #expect(differences.count == (4 - slip) + 1)
    #expect(differences.last?.hasPrefix("outcome.1: ") == true)
  }

  @Test func pathsOfLeavesAreNamed() {
    let old = FlatJSON(Data(#"{"a":{"b":[1,2]},"c":"x"}"#.utf8))
    let new = FlatJSON(Data(#"{"a":{"b":[1,3,4]}}"#.utf8))
    #expect(
      old.differences(from: new).map(\.description)
        == ["a.b.1: 2 → 3", "a.b.2: – → 4", "c: x → –"])
    #expect(old.differences(from: old).isEmpty)
  }
}
