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

@testable import Measurements

/// What all measurements have in common.
struct MeasurementTests {
  private static func long(epochs: Int = 6) -> MetaTraining<MAML<Perceptron>, Sinusoids> {
    var training = LandscapeExperimentTests.training
    training.schedule.epochs = epochs
    return training
  }

  @Test func theFirstEpochsOfALongTrainingAreReadWithoutTheRest() async throws {
    let (scratch, other) = (try Scratch(), try Scratch())
    let training = Self.long()
    let evaluation = Evaluation(
      of: training, afterEpochs: [0, 2], on: training.episodes, count: 5, seed: 1)
    let foundation = try #require(evaluation.foundations.first)
    #expect(foundation.lastEpoch == 2)
    let key = try RunKey(of: training)
    #expect(try RunKey(of: foundation) == key)
    let early = try await scratch.store().outcome(of: evaluation)
    #expect(!scratch.store().contains(key))
    #expect(try scratch.store().stored(key).checkpoints.epochs == [0, 1, 2])
    let curve = try await scratch.store().outcome(of: training)
    #expect(try await other.store().outcome(of: training) == curve)
    #expect(try await other.store().outcome(of: evaluation) == early)
  }

  @Test func aMeasurementOfTheLastEpochTakesAllOfTheTraining() throws {
    let training = Self.long()
    let evaluation = Evaluation(
      of: training, afterEpochs: [3, 6], on: training.episodes, count: 5, seed: 1)
    #expect(evaluation.foundations.map(\.lastEpoch) == [nil])
    var diverging = training
    diverging.schedule.mayDiverge = true
    let early = Evaluation(
      of: diverging, afterEpochs: [1], on: training.episodes, count: 5, seed: 1)
    #expect(early.foundations.map(\.lastEpoch) == [nil])
  }

  @Test func aMeasurementThatWasStoppedGoesOn() async throws {
    let (whole, broken) = (try Scratch(), try Scratch())
    let evaluation = Evaluation(
      of: Self.long(epochs: 2), afterEpochs: [0, 1, 2], on: Self.long().episodes, count: 40,
      seed: 1)
    let expected = try await whole.store().outcome(of: evaluation)
    _ = try await broken.store().outcome(of: evaluation)
    let run = broken.store().folder(of: try RunKey(of: evaluation))
    try FileManager.default.removeItem(at: run.appending(path: "outcome.json"))
    for epoch in 2...3 {
      try FileManager.default.removeItem(
        at: run.appending(path: "checkpoints/epoch-00000\(epoch)"))
    }
    #expect(try await broken.store(workers: 2).outcome(of: evaluation) == expected)
  }

  /// Types that say the same of themselves are still other types.
  @Test func typesThatEncodeAlikeAreOtherRuns() throws {
    let training = Self.long()
    let copied = MetaTraining(
      learner: GradientLearner(
        model: training.learner.model, rule: Copied(rate: training.learner.rule.rate),
        steps: training.learner.steps, loss: training.learner.loss),
      episodes: training.episodes, schedule: training.schedule, seed: training.seed)
    let rules = try [
      CanonicalJSON.encode(training.learner.rule), CanonicalJSON.encode(copied.learner.rule),
    ]
    #expect(rules[0] == rules[1])
    #expect(try RunKey(of: training) != RunKey(of: copied))
    let heads = try [
      CanonicalJSON.encode(EmbeddingLearner(Self.backbone, head: Prototypes())),
      CanonicalJSON.encode(EmbeddingLearner(Self.backbone, head: CopiedHead())),
    ]
    #expect(heads[0] != heads[1])
    let probes = try [
      RunKey(
        of: Measurement(
          ScoreProbe(training, training.episodes), afterEpochs: [0], count: 1, seed: 1)),
      RunKey(
        of: Measurement(
          CopiedProbe(original: ScoreProbe(training, training.episodes)), afterEpochs: [0],
          count: 1, seed: 1)),
    ]
    #expect(probes[0].name == probes[1].name && probes[0] != probes[1])
  }

  private static let backbone = R2D2Network(imageShape: [16, 16, 3], widthFactor: 1.0 / 24)

  /// Descent with another name, whose author forgot to change what it says of itself.
  private struct Copied: UpdateRule {
    private let kind = "gradient descent"
    var rate: Double

    func updated(
      _ step: InnerStep, from meta: Parameters<Tensor>, remembering memory: inout Void
    ) -> Parameters<Tensor> {
      step.weights + rate * step.gradient
    }
  }

  private struct CopiedHead: Head {
    private let kind = "prototypes"

    func scores(for query: Tensor, after support: Batch<Tensor>) -> Tensor {
      query.matmul(support.inputs.transposed().matmul(support.targets))
    }
  }

  private struct CopiedProbe: Probe {
    typealias Original = ScoreProbe<MetaTraining<MAML<Perceptron>, Sinusoids>, Sinusoids>
    static let name = Original.name
    var original: Original
    var training: any TrainingRun { original.training }

    func encode(to encoder: any Encoder) throws { try original.encode(to: encoder) }

    func parameters(
      afterEpoch epoch: Int, from runs: RunStore
    ) async throws -> Parameters<ShapedArray> {
      try await original.parameters(afterEpoch: epoch, from: runs)
    }

    func instrument(
      like parameters: Parameters<ShapedArray>, seed: Int
    ) -> any Instrument<EvaluationOutcome> {
      original.instrument(like: parameters, seed: seed)
    }
  }
}

struct SeparationTests {
  /// The features of MAML's body are those that its head sees, normalised by the batch.
  @Test func separationIsMeasuredOfAnyLearnersFeatures() async throws {
    let scratch = try Scratch()
    let images = Scenes(
      trainClasses: 6, validationClasses: 1, testClasses: 1, pictures: 12, side: 16
    ).dataSet().train
    let pairs = try ClassPairs(of: images, pairsPerBatch: 3, augmentation: nil)
    let maml = MetaTraining(
      learner: MAML(
        ConvolutionalNetwork(
          imageShape: [16, 16, 3], ways: 3, depth: 2, filters: 4, downsampling: .stride(2)),
        rate: 0.1, steps: 1),
      episodes: try ClassificationEpisodes(
        images: images, ways: 3, shots: 1, queries: 2, rotations: .none),
      schedule: Schedule(epochs: 1, iterationsPerEpoch: 3, batch: 2), seed: 1)
    let classical = ClassicalTraining(
      of: R2D2Network(imageShape: [16, 16, 3], widthFactor: 1.0 / 24), on: pairs, epochs: 1,
      rate: .constant(0.05), seed: 1)
    let measured = try await [
      scratch.store().outcome(
        of: SeparationMeasurement(
          of: BodyFeatures(of: maml), afterEpoch: 1, on: pairs, seed: 1))[0],
      scratch.store(workers: 2).outcome(
        of: SeparationMeasurement(
          of: BackboneFeatures(of: classical, normalizedBy: .batchStatistics), afterEpoch: 1,
          on: pairs, seed: 1))[0],
      scratch.store().outcome(
        of: SeparationMeasurement(of: classical, afterEpoch: 1, on: pairs, seed: 1))[0],
    ]
    #expect(Set(measured.map { $0[.featureClustering, .printed] }).count == 3)
    #expect(measured.allSatisfy { 0..<1 ~= $0[.hyperplaneVariation, .printed] })
  }
}
