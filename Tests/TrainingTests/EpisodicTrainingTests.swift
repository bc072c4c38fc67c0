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

struct EpisodicTrainingTests {
  private typealias Source = AugmentedEpisodes<ClassificationEpisodes>
  private static let data = Scenes(
    trainClasses: 6, validationClasses: 4, testClasses: 4, pictures: 12, side: 16
  ).dataSet()
  private static let backbone = R2D2Network(imageShape: [16, 16, 3], widthFactor: 1.0 / 24)

  private static func episodes(
    _ images: LabelledImages, shots: Int = 3
  ) throws -> ClassificationEpisodes {
    try ClassificationEpisodes(
      images: images, ways: 3, shots: shots, queries: 4, rotations: .none)
  }

  private static func training<Fit>(
    _ learner: EmbeddingLearner<R2D2Network, Fit>, epochs: Int = 2, together: Int = 1,
    smoothing: Double = 0, seed: Int = 1
  ) throws -> EpisodicTraining<R2D2Network, Fit, Source> {
    EpisodicTraining(
      of: learner,
      on: AugmentedEpisodes(
        try episodes(data.train), by: Augmentation(padding: 2, jitter: 0.2)),
      episodesPerPass: together, labelSmoothing: smoothing,
      schedule: Schedule(
        epochs: epochs, iterationsPerEpoch: 5, batch: 4,
        rate: .pieces([RateSchedule.Piece(0.05, before: 40)], last: 0.005)),
      seed: seed)
  }

  private func improves<Fit>(_ learner: EmbeddingLearner<R2D2Network, Fit>) async throws {
    let scratch = try Scratch()
    let training = try Self.training(learner, epochs: 8)
    let curve = try await scratch.store().outcome(of: training)
    #expect(curve.epochs[7].loss < 0.95 * curve.epochs[0].loss)
    #expect(curve.epochs[7].accuracy > curve.epochs[0].accuracy)
    let start = training.initialWeights()
    let left = try await training.trained(afterEpoch: 8, from: scratch.store())
    #expect(left.weights["head/scale"] != start["head/scale"])
    #expect(left.statistics != training.backbone.initialStatistics)
  }

  @Test func protoNetImproves() async throws { try await improves(.protoNet(Self.backbone)) }
  @Test func r2D2Improves() async throws { try await improves(.r2D2(Self.backbone)) }
  @Test func metaOptNetImproves() async throws { try await improves(.metaOptNet(Self.backbone)) }

  @Test func bitsDependNeitherOnWorkersNorOnInterruption() async throws {
    let (whole, broken) = (try Scratch(), try Scratch())
    let training = try Self.training(.metaOptNet(Self.backbone), epochs: 3, smoothing: 0.1)
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
    let left = try await training.trained(afterEpoch: 3, from: whole.store())
    #expect(try await training.trained(afterEpoch: 3, from: broken.store()) == left)
  }

  /// One pass of two episodes and two passes of one differ in the statistics they normalise with.
  @Test func episodesOfAPassAreNormalisedTogether() throws {
    let learner = R2D2<R2D2Network>.r2D2(Self.backbone)
    func gradients(_ together: Int) throws -> [MetaGradient<ShapedArray>] {
      let training = try Self.training(learner, together: together)
      let (step, item) = (training.step, training.item)
      let weights = training.initialWeights()
      return (0..<2 / together).map { step(weights, item($0), in: step.makeArena()) }
    }
    let (one, two) = (try gradients(2), try gradients(1))
    #expect(one.count == 1 && two.count == 2)
    let key = "block1/mean"
    for pass in 0..<2 {
      // The first layer sees images, whose mean over a pass is the mean over its halves.
      let whole = one[0].statistics[pass][key].scalars
      let halves = two.map { $0.statistics[pass][key].scalars }
      for channel in whole.indices {
        let mean = (halves[0][channel] + halves[1][channel]) / 2
        #expect(abs(whole[channel] - mean) < 1e-5)
      }
    }
    #expect(one[0].score.loss.scalar != two[0].score.loss.scalar)
  }

  @Test func settingsAreOtherRuns() throws {
    let keys = try [
      RunKey(of: Self.training(.metaOptNet(Self.backbone))),
      RunKey(of: Self.training(.metaOptNet(Self.backbone), seed: 2)),
      RunKey(of: Self.training(.metaOptNet(Self.backbone), together: 2)),
      RunKey(of: Self.training(.metaOptNet(Self.backbone), smoothing: 0.1)),
      RunKey(of: Self.training(.r2D2(Self.backbone))),
      RunKey(of: Self.training(.protoNet(Self.backbone))),
    ]
    #expect(Set(keys).count == 6)
  }

  @Test func theEpochThatValidatesBestIsChosenAndTested() async throws {
    let scratch = try Scratch()
    let training = try Self.training(.r2D2(Self.backbone), epochs: 3)
    let frozen = FrozenBackbone(of: training, with: RidgeRegression())
    let outcomes = try await scratch.store().outcome(
      of: HeadEvaluation(
        of: frozen, afterEpochs: [1, 2, 3], on: try Self.episodes(Self.data.validation), count: 30,
        seed: 1))
    let epoch = outcomes.bestEpoch
    #expect(outcomes[epoch - 1].accuracy == outcomes.map(\.accuracy).max())
    let test = Evaluation(
      of: frozen, afterEpochs: [epoch], on: try Self.episodes(Self.data.test, shots: 1),
      count: 20, seed: 1)
    let outcome = try await scratch.store(workers: 2).outcome(of: test)
    #expect(outcome[0].finalAccuracies.count == 20 && outcome[0].accuracies.count == 1)
    #expect(try await Scratch().store().outcome(of: test) == outcome)
  }

  /// Embedding every image once, in batches that do not divide their number, changes no answer.
  @Test func embeddingOnceAnswersAlike() async throws {
    let scratch = try Scratch()
    let training = try Self.training(.r2D2(Self.backbone), epochs: 2)
    let frozen = FrozenBackbone(of: training, with: SupportVectorMachine())
    let test = try Self.episodes(Self.data.train)
    #expect(test.images.count % 50 != 0)
    let once = try await scratch.store(workers: 2).outcome(
      of: HeadEvaluation(
        of: frozen, afterEpochs: [0, 2], on: test, count: 30, seed: 4))
    let often = try await scratch.store().outcome(
      of: Evaluation(
        of: frozen, afterEpochs: [0, 2], on: test, count: 30, seed: 4))
    #expect(once.map(\.epoch) == [0, 2] && once.map(\.finalAccuracies.count) == [30, 30])
    for (a, b) in zip(once, often) {
      #expect(abs(a.losses[0] - b.losses[0]) < 1e-5)
      // A query whose two best scores are as good as equal may be answered either way.
      #expect(abs(a.accuracy - b.accuracy) < 0.01)
    }
  }

  /// A head whose scores were turned around would answer otherwise without its scale.
  @Test(arguments: [-0.5, 0, .nan])
  func featuresLearnedForTurnedScoresAreRefused(scale: Double) async throws {
    let scratch = try Scratch()
    var learner = R2D2<R2D2Network>.r2D2(Self.backbone)
    learner.scale = .learned(from: scale)
    let frozen = FrozenBackbone(of: try Self.training(learner), with: RidgeRegression())
    let test = HeadEvaluation(
      of: frozen, afterEpochs: [0], on: try Self.episodes(Self.data.test), count: 1, seed: 1)
    await #expect(throws: TrainingError.self) {
      try await frozen.metaParameters(afterEpoch: 0, from: scratch.store())
    }
    await #expect(throws: TrainingError.self) { try await scratch.store().outcome(of: test) }
    #expect(
      TrainingError.scaleNotPositive(scale: -0.5, epoch: 3).description.hasPrefix(
        "the learned scale of the head's scores is -0.5 after epoch 3"))
  }

  @Test func tiesGoToTheEarlierEpoch() {
    let outcomes = zip([2, 4, 6, 8], [0.3, 0.5, 0.5, 0.4]).map { epoch, accuracy in
      EvaluationOutcome(
        epoch: epoch,
        scores: [[Score(loss: ShapedArray(0), accuracy: ShapedArray(Float(accuracy)))]])
    }
    #expect(outcomes.bestEpoch == 4)
  }

  /// A classifier's backbone answers episodes with any head; a query's answer does not depend on the
  /// other queries.
  @Test func aFrozenBackboneAnswersEachQueryAlone() async throws {
    let scratch = try Scratch()
    let training = try ClassicalTrainingTests.training(epochs: 1)
    let frozen = FrozenBackbone(of: training, with: SupportVectorMachine())
    let meta = try await frozen.metaParameters(afterEpoch: 1, from: scratch.store())
    #expect(!meta.names.contains { $0.hasPrefix("head") || $0.hasPrefix("model/head") })
    let episode = try Self.episodes(Self.data.test).episode(0, of: Generator(seed: 3))
    func answers(_ queries: Range<Int>) -> [Float] {
      let images = ShapedArray(stacking: queries.map { episode.query.inputs[$0] })
      let program = Program(like: meta, episode.support, images) {
        (meta: Parameters<Tensor>, support: Batch<Tensor>, query: Tensor) in
        frozen.learner.predictions(for: query, after: support, from: meta)
      }
      return program(meta, episode.support, images, in: program.makeArena()).scalars
    }
    let (together, alone) = (answers(0..<12), answers(4..<5))
    for (a, b) in zip(together[12..<15], alone) { #expect(abs(a - b) < 1e-5 * max(1, abs(b))) }
  }
}
