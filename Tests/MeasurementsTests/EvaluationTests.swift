import DataSets
import Episodes
import Execution
import Experiments
import Measurements
import MetaLearners
import Networks
import Tensors
import TestSupport
import Training
import Testing

struct EvaluationTests {
  @Test func scoresEveryStepOfTheSameEpisodes() async throws {
    let scratch = try Scratch()
    var training = LandscapeExperimentTests.training
    training.learner.steps = 3
    let evaluation = Evaluation(
      of: training, afterEpochs: [0, 2], on: training.episodes, count: 40, seed: 7)
    let outcomes = try await scratch.store(workers: 2).outcome(of: evaluation)
    #expect(outcomes.map(\.epoch) == [0, 2])
    #expect(outcomes.allSatisfy { $0.losses.count == 4 && $0.finalAccuracies.count == 40 })
    // Before the inner loop, the loss is that of the initial model on the queries.
    let network = training.learner.model
    let meta = training.initialParameters().scope("model")
    let losses = (0..<40).map { index in
      let episode = training.episodes.episode(index, of: Generator(seed: 7).split("test"))
      let program = Program(like: meta, episode.query) {
        (weights: Parameters<Tensor>, query: Batch<Tensor>) in
        meanSquaredError(network(query.inputs, weights), query.targets)
      }
      return Double(program(meta, episode.query, in: program.makeArena()).scalar)
    }
    #expect(abs(outcomes[0].losses[0] / (losses.reduce(0, +) / 40) - 1) < 1e-6)
    #expect(outcomes[0].losses != outcomes[1].losses)
    let alone = try await Scratch().store().outcome(of: evaluation)
    #expect(alone == outcomes)
  }

  @Test func finetuningStartsFromOrdinaryTraining() async throws {
    let scratch = try Scratch()
    let data = Glyphs(trainClasses: 8, validationClasses: 3, testClasses: 3).dataSet().train
    let network = ConvolutionalNetwork(
      imageShape: data.imageShape, ways: data.classes.count, depth: 2, filters: 4,
      downsampling: .stride(2))
    let pretraining = Pretraining(
      model: network, images: data,
      schedule: Schedule(epochs: 4, iterationsPerEpoch: 10, batch: 16, rate: .constant(1e-2)),
      seed: 3)
    let curve = try await scratch.store().outcome(of: pretraining)
    #expect(curve.epochs[3].loss < curve.epochs[0].loss)
    var few = network
    few.ways = 3
    let finetuning = Finetuning(
      from: pretraining, learner: MAML(few, rate: 0.1, steps: 2))
    let start = try await finetuning.metaParameters(afterEpoch: 4, from: scratch.store())
    let weights = try await pretraining.trained(afterEpoch: 4, from: scratch.store()).weights
    #expect(start["model/block1/filter"] == weights["block1/filter"])
    #expect(start["model/head/weight"].shape[-1] == 3)
    // An episode has the same head after all epochs, another episode another one.
    let earlier = try await finetuning.metaParameters(afterEpoch: 1, from: scratch.store())
    #expect(earlier["model/head/weight"] == start["model/head/weight"])
    #expect(earlier["model/block1/filter"] != start["model/block1/filter"])
    #expect(finetuning.metaParameters(start, forEpisode: 0) == start)
    let another = finetuning.metaParameters(start, forEpisode: 1)
    #expect(another["model/head/weight"] != start["model/head/weight"])
    #expect(another["model/block1/filter"] == start["model/block1/filter"])
  }
}
