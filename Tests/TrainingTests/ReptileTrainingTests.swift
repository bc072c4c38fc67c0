import DataSets
import Episodes
import Execution
import Experiments
import Foundation
import MetaLearners
import Networks
import Tensors
import TestSupport
import Testing

@testable import Measurements
@testable import Training

struct ReptileTrainingTests {
  typealias Source = ClassificationEpisodes
  private static let data = Scenes(
    trainClasses: 8, validationClasses: 4, testClasses: 4, pictures: 12, side: 16
  ).dataSet()

  static func training(
    clustering: Double = 0, epochs: Int = 3, seed: Int = 1
  ) throws -> ReptileTraining<ConvolutionalNetwork, Source> {
    let network = ConvolutionalNetwork(
      imageShape: [16, 16, 3], ways: 3, filters: 4, downsampling: .pooling(side: 2))
    return ReptileTraining(
      learner: Reptile(network, batch: 5, rate: 5e-3, clustering: clustering),
      episodes: MiniBatchedEpisodes(
        try Source(
          images: data.train, ways: 3, shots: 4, queries: 1, rotations: .none),
        batch: 5, batches: 4),
      schedule: Schedule(
        epochs: epochs, iterationsPerEpoch: 6, batch: 3,
        rate: .linear(start: 1, updates: 100)), seed: seed)
  }

  /// The states of Adam live on in the checkpoints: a training that goes on is one that never stopped.
  @Test(arguments: [0, 0.01])
  func bitsDependNeitherOnWorkersNorOnInterruption(clustering: Double) async throws {
    let (whole, broken) = (try Scratch(), try Scratch())
    let training = try Self.training(clustering: clustering)
    let expected = try await whole.store().outcome(of: training)
    _ = try await broken.store(workers: 2).outcome(of: training)
    let run = broken.store().folder(of: try RunKey(of: training))
    try FileManager.default.removeItem(at: run.appending(path: "outcome.json"))
    let checkpoints = run.appending(path: "checkpoints")
    for name in try FileManager.default.contentsOfDirectory(atPath: checkpoints.path)
    where name > "epoch-000002" {
      try FileManager.default.removeItem(at: checkpoints.appending(path: name))
    }
    #expect(try await broken.store(workers: 2).outcome(of: training) == expected)
    let ends = try await [whole, broken].ends(of: training)
    #expect(ends[0] == ends[1])
    let state = ends[0].statistics
    #expect(state.scope("place0") != state.scope("place1"))
    #expect(abs(state["place0/square-weight"].scalar - Float(1 - pow(0.999, 72))) < 1e-5)
  }

  @Test func clusteringChangesTheTraining() async throws {
    let scratch = try Scratch()
    let plain = try await Self.training().trained(afterEpoch: 3, from: scratch.store())
    let clustered = try await Self.training(clustering: 0.1).trained(
      afterEpoch: 3, from: scratch.store())
    #expect(plain.weights != clustered.weights)
  }

  @Test func fineTuningImprovesAndTravels() async throws {
    let scratch = try Scratch()
    let training = try Self.training(epochs: 6)
    let start = ReptileFinetuning(from: training, batch: 3)
    let episodes = MiniBatchedEpisodes(
      try Source(images: Self.data.test, ways: 3, shots: 1, queries: 1, rotations: .none),
      batch: 3, batches: 6)
    let answers = try await scratch.store().outcome(
      of: Evaluation(of: start, afterEpochs: [6], on: episodes, count: 40, seed: 1))
    #expect(answers[0].accuracies.count == 2)
    #expect(answers[0].accuracies[1] > 0.36)
    let distances = try await scratch.store().outcome(
      of: Measurement(
        DistanceProbe(start, on: episodes), afterEpochs: [0, 6], count: 5, seed: 1))
    #expect(distances[1].distances.count == 5)
    #expect(distances[1].distances.allSatisfy { $0 > 0 } && distances[1].filterNorm > 0)
  }

  /// Each pass shows each image once; a batch may begin in one pass and end in the next.
  @Test func miniBatchesWalkThroughShuffledPasses() throws {
    let source = try Source(
      images: Self.data.train, ways: 3, shots: 2, queries: 1, rotations: .none)
    let episodes = MiniBatchedEpisodes(source, batch: 4, batches: 3)
    let generator = Generator(seed: 3)
    let support = episodes.episode(0, of: generator).support
    let images = source.episode(0, of: generator).support.inputs
    #expect(support.inputs.shape[0] == 12)
    let size = images.shape.count / 6
    func image(_ array: ShapedArray, _ index: Int) -> [Float] {
      Array(array.scalars[index * size..<(index + 1) * size])
    }
    let all = Set((0..<6).map { image(images, $0) })
    for pass in 0..<2 {
      #expect(Set((6 * pass..<6 * pass + 6).map { image(support.inputs, $0) }) == all)
    }
    #expect(
      image(support.inputs, 0) != image(support.inputs, 6)
        || image(support.inputs, 1) != image(support.inputs, 7))
    let labels = support.targets.scalars
    for label in 0..<3 {
      #expect((0..<12).reduce(0) { $0 + labels[$1 * 3 + label] } == 4)
    }
  }
}

extension [Scratch] {
  fileprivate func ends(of training: some TrainingRun) async throws -> [TrainedWeights] {
    var ends: [TrainedWeights] = []
    for scratch in self {
      ends.append(
        try await training.trained(
          afterEpoch: training.schedule.epochs, from: scratch.store()))
    }
    return ends
  }
}
