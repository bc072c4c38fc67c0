import DataSets
import Episodes
import Experiments
import Foundation
import Measurements
import Networks
import Tensors
import TestSupport
import Training
import Testing

struct ClassicalTrainingTests {
  static func training(
    penalty: SeparationPenalty = SeparationPenalty(), epochs: Int = 2, seed: Int = 1
  ) throws -> ClassicalTraining<R2D2Network> {
    let images = Scenes(
      trainClasses: 6, validationClasses: 1, testClasses: 1, pictures: 12, side: 16
    ).dataSet().train
    return ClassicalTraining(
      of: R2D2Network(imageShape: [16, 16, 3], widthFactor: 1.0 / 24),
      on: try ClassPairs(
        of: images, pairsPerBatch: 3, augmentation: Augmentation(padding: 2, jitter: 0.2)),
      penalty: penalty, epochs: epochs,
      rate: .pieces([RateSchedule.Piece(0.05, before: 40)], last: 0.005), seed: seed)
  }

  @Test(arguments: [0, 0.5])
  func theLossFalls(coefficient: Double) async throws {
    let training = try Self.training(
      penalty: SeparationPenalty(featureClustering: coefficient), epochs: 8)
    let curve = try await Scratch().store().outcome(of: training)
    #expect(curve.epochs[7].loss < 0.9 * curve.epochs[0].loss)
    #expect(curve.epochs[7].accuracy > curve.epochs[0].accuracy)
  }

  @Test func thePenaltyIsPartOfTheLoss() async throws {
    let first = try await Scratch().store().outcome(of: Self.training(epochs: 1)).epochs[0].loss
    let penalty = SeparationPenalty(featureClustering: 1, hyperplaneVariation: 1)
    let second = try await Scratch().store().outcome(
      of: Self.training(penalty: penalty, epochs: 1)
    ).epochs[0].loss
    #expect(second > first + 1)
  }

  @Test func bitsDependNeitherOnWorkersNorOnInterruption() async throws {
    let (whole, broken) = (try Scratch(), try Scratch())
    let training = try Self.training(epochs: 3)
    let expected = try await whole.store().outcome(of: training)
    _ = try await broken.store(workers: 2).outcome(of: training)
    let run = broken.store().folder(of: try RunKey(of: training))
    try FileManager.default.removeItem(at: run.appending(path: "outcome.json"))
    let checkpoints = run.appending(path: "checkpoints")
    for name in try FileManager.default.contentsOfDirectory(atPath: checkpoints.path)
    where name > "epoch-000002" {
      try FileManager.default.removeItem(at: checkpoints.appending(path: name))
    }
    #expect(try await broken.store().outcome(of: training) == expected)
    let left = try await training.trained(afterEpoch: 3, from: whole.store())
    #expect(try await training.trained(afterEpoch: 3, from: broken.store()) == left)
    #expect(left.statistics != training.backbone.initialStatistics)
    let start = try await training.trained(afterEpoch: 0, from: whole.store())
    #expect(start.weights == training.initialWeights())
    #expect(start.statistics == training.backbone.initialStatistics)
  }

  @Test func settingsAreOtherRuns() throws {
    let keys = try [
      Self.training(), Self.training(seed: 2),
      Self.training(penalty: SeparationPenalty(featureClustering: 1)),
      Self.training(penalty: SeparationPenalty(featureClustering: 1, form: .printed)),
    ].map { try RunKey(of: $0) }
    #expect(Set(keys).count == 4)
  }

  /// The head begins with zeros and without preferences; the body is what was trained.
  @Test func allWeightsAreFinetunedWithANewHead() async throws {
    let scratch = try Scratch()
    let training = try Self.training(epochs: 8)
    let trained = try await training.trained(afterEpoch: 8, from: scratch.store())
    let start = FinetunedBackbone(of: training, ways: 3, rate: 0.1, steps: 10)
    let model = try await start.metaParameters(afterEpoch: 8, from: scratch.store())
      .scope("model")
    for name in model.names {
      #expect(
        name.hasPrefix("head/")
          ? model[name].scalars.allSatisfy { $0 == 0 } : model[name] == trained.weights[name])
    }
    let episodes = try ClassificationEpisodes(
      images: training.batches.images, ways: 3, shots: 2, queries: 4, rotations: .none)
    func losses(_ steps: Int) async throws -> [Double] {
      try await scratch.store().outcome(
        of: Evaluation(
          of: FinetunedBackbone(of: training, ways: 3, rate: 0.1, steps: steps),
          afterEpochs: [8], on: episodes, count: 30, seed: 1))[0].losses
    }
    let (before, after) = (try await losses(0), try await losses(10))
    #expect(before.count == 1 && abs(before[0] - log(3)) < 1e-6)
    #expect(after.count == 1 && abs(after[0] - log(3)) > 0.01)
  }

  /// A few updates of ResNet-12 with DropBlock, at a tenth of its width.
  @Test func residualNetworksTrainToo() async throws {
    let images = Scenes(
      trainClasses: 4, validationClasses: 1, testClasses: 1, pictures: 4, side: 32
    ).dataSet().train
    let training = ClassicalTraining(
      of: ResidualNetwork(imageShape: [32, 32, 3], widthFactor: 0.1, blockSide: 2),
      on: try ClassPairs(of: images, pairsPerBatch: 2, augmentation: Augmentation()),
      epochs: 2, iterationsPerEpoch: 2, rate: .constant(0.01), seed: 1)
    let curve = try await Scratch().store().outcome(of: training)
    #expect(curve.epochs.count == 2 && curve.epochs.allSatisfy { $0.loss.isFinite })
  }
}

struct SeparationMeasurementTests {
  @Test func separationIsMeasuredWithRunningStatistics() async throws {
    let scratch = try Scratch()
    let training = try ClassicalTrainingTests.training(epochs: 2)
    let pairs = try ClassPairs(
      of: training.batches.images, pairsPerBatch: 3, augmentation: nil)
    let found = try await scratch.store().outcome(
      of: SeparationMeasurement(of: training, afterEpoch: 2, on: pairs, seed: 1))[0]
    let printed = found[.hyperplaneVariation, .printed]
    #expect(0 < printed && printed < 1)
    // The mean of squares is at least the square of the mean.
    #expect(found[.hyperplaneVariation, .released] > 4 * printed * printed * 0.999)
    let start = try await scratch.store().outcome(
      of: SeparationMeasurement(of: training, afterEpoch: 0, on: pairs, seed: 1))[0]
    #expect(start != found)
  }
}
