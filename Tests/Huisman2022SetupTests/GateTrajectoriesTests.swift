import Experiments
import Foundation
import TestSupport
import Testing

@testable import theorem1_lstm_subsumes_maml

/// Theorem 1 holds in the limit, and only there.
struct GateTrajectoriesTests {
  private func differences(rate: Double, forgetBias: Double) async throws -> [Double] {
    try await outcome(
      GateTrajectories(rate: rate, forgetBias: forgetBias, width: 6, steps: 3, seed: 1)
    ).differences
  }

  private func outcome(_ loop: GateTrajectories) async throws -> GateTrajectories.Outcome {
    let folder = try TemporaryFolder()
    return try await RunStore(folder: folder.url, progress: .standardError(isQuiet: true))
      .outcome(of: loop)
  }

  @Test(arguments: [1e-4, 0.01, 0.3, 0.5, 0.95, 0.9999])
  func saturatedGatesAreGradientDescent(rate: Double) async throws {
    let found = try await differences(rate: rate, forgetBias: 40)
    #expect(found.count == 3)
    #expect(found.allSatisfy { $0 < 1e-12 })
  }

  @Test func anOpenForgetGateDecaysWeights() async throws {
    let found = try await differences(rate: 0.01, forgetBias: 10)
    #expect(found[0] > 1e-6 && found[2] > found[0] && found[2] < 1e-2)
  }

  /// At a large rate plain gradient descent overflows after some steps; the difference is judged
  /// up to there, and is no number afterwards.
  @Test func theLoopIsFollowedAsLongAsMAMLIsFinite() async throws {
    let found = try await outcome(
      GateTrajectories(rate: 0.99, forgetBias: 40, width: 40, steps: 10, seed: 0))
    #expect((1..<10).contains(found.finiteSteps))
    #expect(found.whileFinite.allSatisfy { $0 < 1e-10 })
    #expect(found.differences.dropFirst(found.finiteSteps).allSatisfy { $0.isNaN })
  }

  @Test func aLoopThatConvergesIsFiniteToItsEnd() async throws {
    let found = try await outcome(
      GateTrajectories(rate: 0.01, forgetBias: 40, width: 6, steps: 3, seed: 1))
    #expect(found.finiteSteps == 3 && found.whileFinite == found.differences)
  }
}
