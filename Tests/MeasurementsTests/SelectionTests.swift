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
