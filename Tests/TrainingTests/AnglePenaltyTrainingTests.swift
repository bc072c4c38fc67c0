import DataSets
import Episodes
import Experiments
import Foundation
import MetaLearners
import Networks
import Tensors
import TestSupport
import Testing
import Training

struct AnglePenaltyTrainingTests {
  typealias Training = AnglePenaltyTraining<
    MAML<ConvolutionalNetwork>, ClassificationEpisodes
  >

  static func training(
    coefficient: Double, isDifferentiated: Bool = true
  ) throws -> Training {
    var learner = MAML(
      ConvolutionalNetwork(
        imageShape: [16, 16, 3], ways: 3, depth: 2, filters: 4, downsampling: .pooling(side: 2)),
      rate: 0.05, steps: 2)
    learner.adapts = .except(["shift"])
    return AnglePenaltyTraining(
      MetaTraining(
        learner: learner,
        episodes: try ClassificationEpisodes(
          images: Scenes(
            trainClasses: 6, validationClasses: 4, testClasses: 4, pictures: 12, side: 16
          ).dataSet().train, ways: 3, shots: 1, queries: 4, rotations: .none),
        schedule: Schedule(epochs: 3, iterationsPerEpoch: 3, batch: 3, rate: .constant(3e-3)),
        seed: 1),
      penalty: AnglePenalty(coefficient: coefficient, isDifferentiated: isDifferentiated))
  }

  @Test(arguments: [true, false])
  func withoutACoefficientItIsMAML(isDifferentiated: Bool) async throws {
    let scratch = try Scratch()
    let training = try Self.training(coefficient: 0, isDifferentiated: isDifferentiated)
    let store = scratch.store()
    #expect(try await store.outcome(of: training) == store.outcome(of: training.plain))
    let own = try await training.metaParameters(afterEpoch: 3, from: store)
    #expect(try await own == training.plain.metaParameters(afterEpoch: 3, from: store))
    #expect(own != training.initialState().weights)
  }

  @Test func thePenaltyAndTheWayThroughItMatter() async throws {
    let scratch = try Scratch()
    var ends: [Parameters<ShapedArray>] = []
    for training in [
      try Self.training(coefficient: 0), try Self.training(coefficient: 0.05),
      try Self.training(coefficient: 0.05, isDifferentiated: false),
    ] {
      ends.append(try await training.metaParameters(afterEpoch: 1, from: scratch.store()))
    }
    #expect(ends[0] != ends[1] && ends[1] != ends[2] && ends[0] != ends[2])
  }

  /// The rounds, which a coefficient of nought leaves out, agree with MAML where it all but vanishes.
  @Test func aVanishingCoefficientIsMAMLButForRounding() async throws {
    let scratch = try Scratch()
    var training = try Self.training(coefficient: 1e-12)
    training.plain.schedule = Schedule(
      epochs: 1, iterationsPerEpoch: 1, batch: 3, rate: .constant(1))
    training.plain.optimizer = SGD()
    let start = training.initialState().weights
    let own = try await training.metaParameters(afterEpoch: 1, from: scratch.store())
    let plain = try await training.plain.metaParameters(afterEpoch: 1, from: scratch.store())
    for (leaf, place) in zip(own.leaves, 0...) {
      let expected = plain.leaves[place].scalars
      let step = zip(expected, start.leaves[place].scalars).map { abs($0 - $1) }.max() ?? 0
      for (a, b) in zip(leaf.scalars, expected) { #expect(abs(a - b) <= 1e-4 * step + 1e-7) }
    }
    #expect(own != start)
  }

  @Test(arguments: [true, false])
  func bitsDoNotDependOnWorkers(isDifferentiated: Bool) async throws {
    let training = try Self.training(coefficient: 0.05, isDifferentiated: isDifferentiated)
    let (one, many) = (try Scratch(), try Scratch())
    #expect(
      try await one.store().outcome(of: training)
        == many.store(workers: 3).outcome(of: training))
    let end = try await training.metaParameters(afterEpoch: 3, from: one.store())
    #expect(try await training.metaParameters(afterEpoch: 3, from: many.store()) == end)
  }

  @Test func bitsDoNotDependOnInterruption() async throws {
    let (whole, broken) = (try Scratch(), try Scratch())
    let training = try Self.training(coefficient: 0.05)
    let expected = try await whole.store().outcome(of: training)
    _ = try await broken.store().outcome(of: training)
    // As if killed during the second epoch: no outcome, and only the first two checkpoints.
    let run = broken.store().folder(of: try RunKey(of: training))
    try FileManager.default.removeItem(at: run.appending(path: "outcome.json"))
    let checkpoints = run.appending(path: "checkpoints")
    for name in try FileManager.default.contentsOfDirectory(atPath: checkpoints.path)
    where name > "epoch-000002" {
      try FileManager.default.removeItem(at: checkpoints.appending(path: name))
    }
    #expect(try await broken.store().outcome(of: training) == expected)
    let end = try await whole.store().checkpoint(of: training, afterEpoch: 3)
    #expect(try await broken.store().checkpoint(of: training, afterEpoch: 3) == end)
  }

  @Test func variantsAreOtherRuns() throws {
    let keys = [
      try RunKey(of: Self.training(coefficient: 0.5)),
      try RunKey(of: Self.training(coefficient: 0.1)),
      try RunKey(of: Self.training(coefficient: 0.5, isDifferentiated: false)),
      try RunKey(of: Self.training(coefficient: 0.5).plain),
    ]
    #expect(Set(keys).count == 4)
  }
}
