import Episodes
import Execution
import Experiments
import Foundation
import MetaLearners
import Networks
import Tensors
import Training
import TestSupport
import Testing

struct MetaTrainingTests {
  static func training(
    epochs: Int = 3, rate: Double = 0.01, outerRate: Double = 3e-3, seed: Int = 1
  ) -> MetaTraining<MAML<Perceptron>, Sinusoids> {
    MetaTraining(
      learner: MAML(
        Perceptron(widths: [1, 8, 8, 1], activation: .tanh), rate: rate, steps: 1,
        loss: .meanSquaredError),
      episodes: Sinusoids(shots: 5, queries: 5),
      schedule: Schedule(
        epochs: epochs, iterationsPerEpoch: 10, batch: 5, rate: .constant(outerRate)),
      seed: seed)
  }

  @Test func theLossFalls() async throws {
    let scratch = try Scratch()
    let curve = try await scratch.store().outcome(of: Self.training(epochs: 20, outerRate: 1e-2))
    #expect(curve.epochs.count == 20)
    #expect(curve.epochs[19].loss < 0.8 * curve.epochs[0].loss)
  }

  @Test func theInitialWeightsAreTheCheckpointBeforeTheFirstEpoch() async throws {
    let scratch = try Scratch()
    let training = Self.training()
    let start = try await training.metaParameters(afterEpoch: 0, from: scratch.store())
    #expect(start == training.initialParameters())
    #expect(try await training.metaParameters(afterEpoch: 1, from: scratch.store()) != start)
  }

  @Test func bitsDoNotDependOnWorkers() async throws {
    let (one, two) = (try Scratch(), try Scratch())
    let training = Self.training()
    let first = try await training.metaParameters(afterEpoch: 3, from: one.store())
    let second = try await training.metaParameters(afterEpoch: 3, from: two.store(workers: 3))
    #expect(first == second)
    let curves = (
      try await one.store().outcome(of: training), try await two.store().outcome(of: training)
    )
    #expect(curves.0 == curves.1)
  }

  @Test func bitsDoNotDependOnInterruption() async throws {
    let (whole, broken) = (try Scratch(), try Scratch())
    let training = Self.training()
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
    let weights = try await whole.store().checkpoint(of: training, afterEpoch: 3)
    let again = try await broken.store().checkpoint(of: training, afterEpoch: 3)
    #expect(weights == again)
  }

  /// Killed between a checkpoint and the deletion of what it makes superfluous, which is done then.
  @Test func aResumedRunLeavesTheSameFiles() async throws {
    let scratch = try Scratch()
    let training = Self.training()
    _ = try await scratch.store().outcome(of: training)
    let run = scratch.store().folder(of: try RunKey(of: training))
    let checkpoints = Checkpoints(folder: run.appending(path: "checkpoints")) { _ in }
    let first = try checkpoints.load(epoch: 0)
    #expect(first.pieces["optimizer.safetensors"] == nil)
    try checkpoints.save(
      first.pieces.merging(["optimizer.safetensors": Data([1])]) { $1 }, afterEpoch: 0)
    try FileManager.default.removeItem(at: run.appending(path: "outcome.json"))
    _ = try await scratch.store().outcome(of: training)
    #expect(try checkpoints.load(epoch: 0) == first)
  }

  @Test func seedsAndSettingsAreOtherRuns() throws {
    let keys = try [
      Self.training(), Self.training(seed: 2), Self.training(rate: 0.02),
      Self.training(epochs: 4),
    ].map { try RunKey(of: $0) }
    #expect(Set(keys).count == 4)
    var first = Self.training()
    first.learner.order = .first
    #expect(try !keys.contains(RunKey(of: first)))
  }

  @Test func anyOptimizerFollowsTheMetaGradient() async throws {
    let scratch = try Scratch()
    let adam = Self.training(epochs: 1)
    var (sgd, momentum) = (adam, adam)
    sgd.optimizer = SGD()
    momentum.optimizer = SGD(momentum: 0.9)
    let keys = try [adam, sgd, momentum].map { try RunKey(of: $0) }
    #expect(Set(keys).count == 3)
    // Without momentum, the mean meta-gradient of the first batch times the rate.
    sgd.schedule.iterationsPerEpoch = 1
    let start = sgd.initialParameters()
    let end = try await sgd.metaParameters(afterEpoch: 1, from: scratch.store())
    let generator = Generator(seed: sgd.seed).split("meta-training")
    let episodes = (0..<5).map { sgd.episodes.episode($0, of: generator) }
    let learner = sgd.learner
    let program = Program(like: start, episodes) {
      (meta: Parameters<Tensor>, batch: [Episode<Tensor>]) in
      let gradients = batch.map { learner.metaGradient(at: meta, of: $0).gradient }
      return meta - 3e-3 * (gradients.dropFirst().reduce(gradients[0], +) / 5)
    }
    let expected = program(start, episodes, in: program.makeArena())
    for (a, b) in zip(end.leaves, expected.leaves) {
      for (x, y) in zip(a.scalars, b.scalars) { #expect(abs(x - y) <= 1e-6) }
    }
    let velocity = try await momentum.metaParameters(afterEpoch: 1, from: scratch.store())
    #expect(velocity != end && velocity.leaves.allSatisfy { $0.scalars.allSatisfy(\.isFinite) })
  }

  @Test func divergenceNamesTheIterationAndARemedy() async throws {
    let scratch = try Scratch()
    do {
      _ = try await scratch.store().outcome(of: Self.training(rate: 1e30))
      Issue.record("a rate of 1e30 went unnoticed")
    } catch let error as TrainingError {
      #expect("\(error)".contains("iteration 1 ") && "\(error)".contains("learning rate"))
    }
  }

  @Test func theFirstStepOfAdamIsAsLongAsTheRate() async throws {
    let scratch = try Scratch()
    var training = Self.training(epochs: 1)
    training.schedule.iterationsPerEpoch = 1
    let start = training.initialParameters()
    let end = try await training.metaParameters(afterEpoch: 1, from: scratch.store())
    for (a, b) in zip(start.leaves, end.leaves) {
      for (before, after) in zip(a.scalars, b.scalars) where before != after {
        #expect(abs(abs(after - before) - 3e-3) < 1e-5)
      }
    }
    #expect(start != end)
  }
}
