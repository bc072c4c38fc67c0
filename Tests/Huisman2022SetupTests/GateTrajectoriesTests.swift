import Experiments
import Foundation
import Huisman2022Setup
import TestSupport
import Testing

/// Theorem 1 holds in the limit, and only there.
struct GateTrajectoriesTests {
  private func differences(rate: Double, forgetBias: Double) async throws -> [Double] {
    let folder = try TemporaryFolder()
    let runs = RunStore(folder: folder.url, progress: .standardError(isQuiet: true))
    return try await runs.outcome(
      of: GateTrajectories(rate: rate, forgetBias: forgetBias, width: 6, steps: 3, seed: 1))
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
}
