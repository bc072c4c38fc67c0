import Experiments
import Foundation
import Huisman2022Setup
import TestSupport
import Testing
import Measurements
import Training

struct SineRunTests {
  private static let methods: [SineMethod] = [
    .maml(steps: 1, .first), .maml(steps: 5, .second),
    .turtle(steps: 1, hiddenLayers: 0, .second), .turtle(steps: 5, hiddenLayers: 7, .first),
    .finalTURTLE, .lstm(steps: 8), .enhancedLSTM(steps: 8),
  ]

  /// The paper's settings, but for a handful of tasks.
  private var shortened: SineProtocol {
    var settings = SineProtocol(.paper)
    settings.tasks = 4
    settings.tasksPerEpoch = 2
    settings.validationTasks = 3
    settings.testTasks = 3
    return settings
  }

  @Test func thePaperBudgetIsThePaper() {
    let settings = SineProtocol(.paper)
    #expect(settings.tasks == 70_000 && settings.tasksPerEpoch == 2500)
    #expect(settings.validationTasks == 1000 && settings.testTasks == 2000)
    #expect(settings.network.widths == [1, 40, 40, 1] && settings.weightCount == 1761)
    #expect(settings.schedule().iterations == 70_000)
    #expect(settings.schedule(batch: 2).iterations == 35_000)
    #expect(SineProtocol.seedCount(within: .paper) == 30)
  }

  @Test(arguments: methods)
  func aFewStepsOfThePaperBudget(method: SineMethod) async throws {
    let folder = try TemporaryFolder()
    let runs = RunStore(folder: folder.url, progress: .standardError(isQuiet: true))
    let study = try shortened.study(method, seed: 3)
    let outcome = try await study.value(from: runs)
    #expect(study.runs.allSatisfy { runs.contains($0.key) })
    #expect(outcome.divergedAt == nil && outcome.validationLosses.count == 3)
    #expect(outcome.validationLosses.allSatisfy { $0.isFinite && $0 > 0 })
    #expect(outcome.testLoss.isFinite)
  }

  @Test func everyMethodAndSeedIsARunOfItsOwn() throws {
    let keys = try Self.methods.flatMap { method in
      try (0..<2).compactMap { try shortened.study(method, seed: $0).runs.last?.key }
    }
    #expect(Set(keys).count == 2 * Self.methods.count)
  }

  @Test func deeperNetworksAreSaidToTakeLonger() throws {
    let seconds = try [1, 3, 5].map { layers in
      try SineProtocol(.paper).study(
        .turtle(steps: 5, hiddenLayers: layers, .second), seed: 0
      ).runs.compactMap(\.estimatedSeconds).reduce(0, +)
    }
    #expect(seconds[0] > 0 && seconds == seconds.sorted())
  }
}
