import DataSets
import Episodes
import Execution
import Experiments
import Foundation
import Measurements
import MetaLearners
import Networks
import Tensors
import TestSupport
import Testing
import Training

/// The experiments as figures ask for them: through a store, at several epochs.
struct LandscapeExperimentTests {
  static let training = MetaTraining(
    learner: MAML(
      Perceptron(widths: [1, 8, 8, 1], activation: .tanh), rate: 0.01, steps: 2,
      loss: .meanSquaredError),
    episodes: Sinusoids(shots: 5, queries: 5),
    schedule: Schedule(epochs: 2, iterationsPerEpoch: 5, batch: 4), seed: 1)

  private func withStores<Value>(
    _ count: Int, _ body: ([RunStore]) async throws -> Value
  ) async throws -> Value {
    let folder = try TemporaryFolder()
    return try await body(
      (1...count).map {
        RunStore(folder: folder.url.appending(path: "\($0)"), workers: $0, progress: .silent)
      })
  }

  @Test func trajectoriesDoNotDependOnWorkers() async throws {
    let experiment = Trajectories(
      of: Self.training, afterEpochs: [0, 1, 2], on: Self.training.episodes, count: 50, seed: 2)
    try await withStores(2) { stores in
      let one = try await stores[0].outcome(of: experiment)
      #expect(one.map(\.epoch) == [0, 1, 2])
      #expect(one.allSatisfy { abs($0.coherence) <= 1 && $0.length > 0 })
      #expect(one.allSatisfy { $0.supportLoss < $0.initialSupportLoss })
      #expect(try await stores[1].outcome(of: experiment) == one)
    }
  }

  /// The lengths of corrections against the corrections themselves.
  @Test func correctionsAreThoseOfThePenalty() async throws {
    let penalty = AnglePenalty(coefficient: 0.5)
    let training = AnglePenaltyTraining(Self.training, penalty: penalty)
    let experiment = Corrections(
      of: training, by: penalty, afterEpochs: [0, 2], on: Self.training.episodes, batches: 2,
      seed: 2)
    try await withStores(2) { stores in
      let one = try await stores[0].outcome(of: experiment)
      #expect(try await stores[1].outcome(of: experiment) == one)
      let meta = try await training.metaParameters(afterEpoch: 2, from: stores[0])
      let generator = Generator(seed: 2).split("corrections")
      let learner = training.learner
      var ratios: [Float] = []
      for first in [0, 4] {
        let episodes = (first..<first + 4).map {
          Self.training.episodes.episode($0, of: generator)
        }
        let program = Program(like: meta, episodes) {
          (meta: Parameters<Tensor>, episodes: [Episode<Tensor>]) in
          let displacements = episodes.map { learner.displacement(on: $0.support, from: meta) }
          let directions = displacements.map(penalty.direction)
          let mean = directions.dropFirst().reduce(directions[0], +) / 4
          return displacements.map {
            penalty.correction(of: $0, towards: mean).squaredNorm().squareRoot()
              / $0.squaredNorm().squareRoot()
          }
        }
        ratios += program(meta, episodes, in: program.makeArena()).map(\.scalar)
      }
      let mean = Double(ratios.reduce(0, +)) / 8
      #expect(abs(one[1].ratio - mean) < 1e-5 * mean && one[1].length > 0)
    }
  }

  @Test func curvatureDoesNotDependOnWorkers() async throws {
    let experiment = Curvature(
      of: Self.training, afterEpochs: [0, 2], on: Self.training.episodes, count: 9, seed: 2)
    try await withStores(2) { stores in
      let one = try await stores[0].outcome(of: experiment)
      #expect(one.allSatisfy { $0.unconverged == 0 && $0.spectralNorms.count == 9 })
      #expect(one.allSatisfy { $0.spectralNorms.allSatisfy { $0 > 0 } })
      #expect(try await stores[1].outcome(of: experiment) == one)
    }
  }

  @Test func theFinetuningBaselineHasALandscapeToo() async throws {
    let data = Glyphs(trainClasses: 6, validationClasses: 3, testClasses: 4).dataSet()
    var network = ConvolutionalNetwork(
      imageShape: data.imageShape, ways: 6, depth: 2, filters: 4, downsampling: .stride(2))
    let pretraining = Pretraining(
      model: network, images: data.train,
      schedule: Schedule(epochs: 1, iterationsPerEpoch: 5, batch: 12), seed: 1)
    network.ways = 3
    let finetuning = Finetuning(
      from: pretraining, learner: MAML(network, rate: 0.1, steps: 2))
    let episodes = try ClassificationEpisodes(
      images: data.test, ways: 3, shots: 1, queries: 2, rotations: .none)
    try await withStores(1) { stores in
      let curvature = try await stores[0].outcome(
        of: Curvature(of: finetuning, afterEpochs: [0, 1], on: episodes, count: 3, seed: 1))
      #expect(curvature.map(\.epoch) == [0, 1] && curvature[0] != curvature[1])
      let paths = try await stores[0].outcome(
        of: Trajectories(of: finetuning, afterEpochs: [1], on: episodes, count: 10, seed: 1))
      #expect(paths[0].supportLoss < paths[0].initialSupportLoss)
      #expect((0...1).contains(paths[0].accuracy))
    }
  }

  @Test func aDivergedInnerLoopIsAnErrorWithARemedy() async throws {
    var training = Self.training
    training.schedule.epochs = 0
    training.learner.rule.rate = 1e30
    let (curvature, trajectories) = (
      Curvature(of: training, afterEpochs: [0], on: training.episodes, count: 2, seed: 2),
      Trajectories(of: training, afterEpochs: [0], on: training.episodes, count: 2, seed: 2)
    )
    try await withStores(1) { stores in
      await #expect(throws: LandscapeError.notFinite(episode: 0)) {
        _ = try await stores[0].outcome(of: curvature)
      }
      await #expect(throws: LandscapeError.notFinite(episode: 0)) {
        _ = try await stores[0].outcome(of: trajectories)
      }
    }
  }
}
