import DataSets
import Episodes
import Experiments
import Foundation
import MetaLearners
import Networks
import TestSupport
import Testing
import Training

@testable import Measurements

struct SelectionTests {
  private typealias Learner = GradientLearner<Perceptron, GradientDescent>
  private let source = Sinusoids(shots: 5, queries: 10, convention: .added)

  private func training(rate: Double, _ change: (inout Schedule) -> Void = { _ in })
    -> MetaTraining<Learner, EpisodePool<Sinusoids>>
  {
    var schedule = Schedule(
      epochs: 3, iterationsPerEpoch: 20, batch: 1, rate: .constant(rate))
    change(&schedule)
    return MetaTraining(
      learner: MAML(
        Perceptron(widths: [1, 8, 1]), rate: 0.01, steps: 2, loss: .meanSquaredError),
      episodes: EpisodePool(of: source, count: 40, name: "train", seed: 0), schedule: schedule,
      seed: 1)
  }

  private func selection(
    _ training: MetaTraining<Learner, EpisodePool<Sinusoids>>
  ) -> Selection<MetaTraining<Learner, EpisodePool<Sinusoids>>, EpisodePool<Sinusoids>> {
    Selection(
      from: training, by: EpisodePool(of: source, count: 12, name: "validation", seed: 0),
      count: 12, judgedBy: EpisodePool(of: source, count: 9, name: "test", seed: 0), count: 9)
  }

  @Test func theBestEpochIsTested() async throws {
    let scratch = try Scratch()
    let training = training(rate: 1e-2)
    let outcome = try await scratch.store().outcome(of: selection(training))
    #expect(outcome.validationLosses.count == 4)
    #expect(outcome.validationLoss == outcome.validationLosses.min())
    #expect(outcome.testLosses.count == 3)
    let alone = try await scratch.store().outcome(
      of: Evaluation(
        of: training, afterEpochs: [outcome.epoch],
        on: EpisodePool(of: source, count: 9, name: "test", seed: 0), count: 9, seed: 1))
    #expect(outcome.testLosses == alone[0].losses)
  }

  @Test func whatItBuildsOnIsKnownBeforehand() async throws {
    let scratch = try Scratch()
    let selection = selection(training(rate: 1e-2))
    let keys = try selection.foundations.map { try RunKey(of: $0) }
    #expect(keys.map(\.name) == ["meta-training", "evaluation"])
    _ = try await scratch.store().outcome(of: selection)
    #expect(keys.allSatisfy(scratch.store().contains))
    // Beside them and itself there is the test of the chosen epoch alone.
    #expect(try scratch.store().keys().count == 4)
  }

  /// A backbone with a head is chosen like a meta-training, here by accuracy.
  @Test func everyTrainedPathIsChosenFrom() async throws {
    let scratch = try Scratch()
    let data = Scenes(
      trainClasses: 6, validationClasses: 4, testClasses: 4, pictures: 12, side: 16
    ).dataSet()
    func episodes(_ images: LabelledImages) throws -> ClassificationEpisodes {
      try ClassificationEpisodes(images: images, ways: 3, shots: 2, queries: 3, rotations: .none)
    }
    let classical = ClassicalTraining(
      of: R2D2Network(imageShape: [16, 16, 3], widthFactor: 1.0 / 24),
      on: try ClassPairs(of: data.train, pairsPerBatch: 3, augmentation: nil), epochs: 3,
      rate: .constant(0.05), seed: 1)
    let network = ConvolutionalNetwork(
      imageShape: [16, 16, 3], ways: 6, depth: 2, filters: 4, downsampling: .stride(2))
    let pretraining = Pretraining(
      model: network, images: data.train,
      schedule: Schedule(epochs: 2, iterationsPerEpoch: 5, batch: 12), seed: 3)
    var few = network
    few.ways = 3
    func choose(from start: some Trained) async throws -> SelectionOutcome {
      try await scratch.store().outcome(
        of: Selection(
          from: start, by: episodes(data.validation), count: 20, measure: .accuracy,
          judgedBy: episodes(data.test), count: 10))
    }
    let found = try await [
      choose(from: FrozenBackbone(of: classical, with: RidgeRegression())),
      choose(from: Finetuning(from: pretraining, learner: MAML(few, rate: 0.1, steps: 2))),
    ]
    #expect(found.map(\.validationAccuracies?.count) == [4, 3])
    for outcome in found {
      let accuracies = try #require(outcome.validationAccuracies)
      let best = try #require(accuracies.max())
      #expect(accuracies.firstIndex(of: best) == outcome.epoch)
    }
  }

  @Test func aTrainingThatDivergesIsChosenFromWhileItLasted() async throws {
    let scratch = try Scratch()
    let diverging = training(rate: 1e30) { $0.mayDiverge = true }
    let outcome = try await scratch.store().outcome(of: selection(diverging))
    #expect(outcome.divergedAt != nil)
    #expect(outcome.validationLosses.count == 1 && outcome.epoch == 0)
    let failing = training(rate: 1e30)
    await #expect(throws: TrainingError.self) { try await scratch.store().outcome(of: failing) }
  }

  @Test func whatIsNotFiniteIsNeverChosen() {
    #expect(ValidationMeasure.loss.best(of: [.nan, 3, .infinity, 2, 2]) == 3)
    #expect(ValidationMeasure.loss.best(of: [.nan]) == 0)
    #expect(ValidationMeasure.accuracy.best(of: [0.2, .nan, 0.5, 0.5, 0.1]) == 2)
  }
}
