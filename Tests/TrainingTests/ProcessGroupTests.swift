import Episodes
import Experiments
import Foundation
import MetaLearners
import Networks
import TestSupport
import Testing
import Training

@Suite("Training by several processes", .timeLimit(.minutes(2)))
struct ProcessGroupTests {
  private static let training = MetaTrainingTests.training()

  /// What one process makes of a training, as its curve and all of its checkpoints.
  private static func alone(
    _ training: some TrainingRun
  ) async throws -> (curve: TrainingCurve, checkpoints: [Checkpoint]) {
    let scratch = try Scratch()
    let curve = try await scratch.store().outcome(of: training)
    return (curve, try await checkpoints(of: training, curve, in: scratch.store()))
  }

  private static func checkpoints(
    of training: some TrainingRun, _ curve: TrainingCurve, in store: RunStore
  ) async throws -> [Checkpoint] {
    var all: [Checkpoint] = []
    for epoch in 0...curve.epochs.count {
      all.append(try await store.checkpoint(of: training, afterEpoch: epoch))
    }
    return all
  }

  /// Does a training by so many processes and compares it with what one makes of it.
  private static func compare(_ training: some TrainingRun, ranks: Int) async throws {
    let expected = try await alone(training)
    let scratches = try (0..<ranks).map { _ in try Scratch() }
    let curve = try await RunStore.together(
      scratches.map { $0.store() }, knowing: [PlannedRun(training)]
    ) { try await $0.outcome(of: training) }
    #expect(curve == expected.curve)
    let checkpoints = try await checkpoints(of: training, curve, in: scratches[0].store())
    #expect(checkpoints == expected.checkpoints)
    for follower in scratches.dropFirst() {
      #expect(try follower.store().keys().isEmpty, "a follower has written into its store")
    }
  }

  /// Five episodes are one for each of five ranks, and leave some of seven with none.
  @Test(arguments: [2, 3, 4, 5, 7])
  func bitsDoNotDependOnRanks(_ ranks: Int) async throws {
    try await Self.compare(Self.training, ranks: ranks)
  }

  @Test func aBatchOfOneOrderIsComputedByAll() async throws {
    try await Self.compare(try ReptileTrainingTests.training(), ranks: 2)
  }

  @Test func roundsThatBuildOnEachOtherMayBeComputedByAll() async throws {
    try await Self.compare(try AnglePenaltyTrainingTests.training(coefficient: 0.1), ranks: 2)
  }

  @Test func aTrainingThatDivergesEndsOnAllRanks() async throws {
    var training = Self.training
    training.schedule = Schedule(
      epochs: 3, iterationsPerEpoch: 10, batch: 5, rate: .constant(1e30))
    training.schedule.mayDiverge = true
    try await Self.compare(training, ranks: 3)
  }

  @Test func anErrorIsThrownByRankZeroAndTheOthersGoOn() async throws {
    let (diverging, sound) = (MetaTrainingTests.training(outerRate: 1e30), Self.training)
    let scratches = [try Scratch(), try Scratch()]
    let curve = try await RunStore.together(
      scratches.map { $0.store() }, knowing: [PlannedRun(diverging), PlannedRun(sound)]
    ) { store in
      await #expect(throws: TrainingError.self) { try await store.outcome(of: diverging) }
      return try await store.outcome(of: sound)
    }
    #expect(curve == (try await Self.alone(sound)).curve)
  }

  @Test func aTrainingStopsAfterAnEpochAndGoesOn() async throws {
    let training = Self.training
    let (expected, name) = (try await Self.alone(training), "weights.safetensors")
    let scratches = [try Scratch(), try Scratch(), try Scratch()]
    let curve = try await RunStore.together(
      scratches.map { $0.store() }, knowing: [PlannedRun(training)]
    ) { store in
      let beginning = Beginning(of: training, epochs: 1)
      // The optimizer's state is there for whoever goes on, and no longer in the other's.
      let weights = try await store.checkpoint(of: beginning, afterEpoch: 1).pieces[name]
      #expect(weights == expected.checkpoints[1].pieces[name])
      return try await store.outcome(of: training)
    }
    #expect(curve == expected.curve)
  }

  @Test func runsFollowEachOther() async throws {
    let trainings = (1...4).map { MetaTrainingTests.training(epochs: 1, seed: $0) }
    let planned = try trainings.map { try PlannedRun($0) }
    let scratches = [try Scratch(), try Scratch()]
    try await RunStore.together(scratches.map { $0.store(workers: 2) }, knowing: planned) {
      try await $0.complete(planned)
    }
    for training in trainings {
      #expect(
        try await scratches[0].store().outcome(of: training)
          == (try await Self.alone(training)).curve)
    }
  }

  @Test func aRankThatKnowsOtherRunsSaysSo() async throws {
    let ranks = LocalGroup.ranks(2)
    let (one, two) = (try Scratch(), try Scratch())
    let stores = (one.store().shared(by: ranks[0]), two.store().shared(by: ranks[1]))
    let leader = Task { try await stores.0.outcome(of: Self.training) }
    await #expect(throws: ProcessGroupError.self) {
      try await stores.1.follow([PlannedRun(MetaTrainingTests.training(seed: 2))])
    }
    leader.cancel()
  }

  @Test func ranksMustHaveTheSameKernels() async throws {
    let ranks = LocalGroup.ranks(2)
    let other = Task { try await ranks[1].checkEnvironment(["kernels": "Haswell"]) }
    let error = await #expect(throws: ProcessGroupError.self) {
      try await ranks[0].checkEnvironment(["kernels": "SkylakeX"])
    }
    #expect("\(try #require(error))".contains("OPENBLAS_CORETYPE"))
    await #expect(throws: ProcessGroupError.self) { try await other.value }
    async let same: Void = ranks[1].checkEnvironment(["kernels": "SkylakeX"])
    try await ranks[0].checkEnvironment(["kernels": "SkylakeX"])
    try await same
  }
}
