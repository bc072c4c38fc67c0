import Experiments
import Foundation
import TestSupport
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

  private func run(
    slip: Int?, in folder: TemporaryFolder
  ) async throws -> StoredRun {
    let store = RunStore(
      folder: folder.url.appending(path: "\(slip ?? 0)"), progress: .standardError(isQuiet: true))
    _ = try await store.outcome(of: Growth(slip: slip))
    return store.stored(try RunKey(of: Growth()))
  }

  @Test(arguments: [1, 2, 3])
  func theFirstEpochAndArrayAreNamed(slip: Int) async throws {
    let folder = try TemporaryFolder()
    let old = try await run(slip: nil, in: folder)
    let new = try await run(slip: slip, in: folder)
    #expect(try RunComparison(of: old, with: old).differences.isEmpty)
    let differences = try RunComparison(of: old, with: new).differences
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
