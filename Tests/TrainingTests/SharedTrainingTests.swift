import DataSets
import Episodes
import Execution
import Experiments
import MetaLearners
import Networks
import Tensors
import TestSupport
import Testing

@testable import Training

@Suite("Training whose gradients all workers compute together")
struct SharedTrainingTests {
  /// Meta-training whose gradients are shared where an arena is larger than a limit.
  private struct LimitedTraining: Experiment {
    static let name = "limited-training"
    var arenaBytes: Int

    func run(_ context: RunContext) async throws -> TrainingCurve {
      let learner = MAML(
        ConvolutionalNetwork(
          imageShape: [16, 16, 3], ways: 3, depth: 2, filters: 4, downsampling: .pooling(side: 2)),
        rate: 0.05, steps: 2)
      let episodes = try ClassificationEpisodes(
        images: Scenes(
          trainClasses: 6, validationClasses: 4, testClasses: 4, pictures: 12, side: 16
        ).dataSet().train, ways: 3, shots: 3, queries: 4, rotations: .none)
      var generator = Generator(seed: 1)
      let meta = learner.initialParameters(using: &generator)
      let source = generator
      let step = MetaGradientStep<Episode<Tensor>>(
        schedule: Schedule(epochs: 2, iterationsPerEpoch: 4, batch: 3, rate: .constant(3e-3)),
        optimizer: Adam(),
        gradient: Program(
          like: meta, episodes.episode(0, of: source), shared: .above(arenaBytes: arenaBytes)
        ) { learner.metaGradient(at: $0, of: $1) },
        item: { episodes.episode($0, of: source) })
      #expect(step.plans[0].arenas(for: 2) == (arenaBytes == 0 ? 1 : 2))
      return try await OuterLoop(title: "limited training", step: step).run(
        from: TrainingState(parameters: meta, optimizer: Adam()), context)
    }
  }

  @Test func bitsDoNotDependOnWorkers() async throws {
    let (one, two) = (try Scratch(), try Scratch())
    let training = LimitedTraining(arenaBytes: 0)
    let curves = (
      try await one.store().outcome(of: training),
      try await two.store(workers: 2).outcome(of: training)
    )
    #expect(curves.0 == curves.1)
    let first = try await one.store().checkpoint(of: training, afterEpoch: 2)
    #expect(try await two.store().checkpoint(of: training, afterEpoch: 2) == first)
  }

  @Test func sharingChangesRoundingOnly() async throws {
    let scratch = try Scratch()
    let shared = try await scratch.store(workers: 2).outcome(of: LimitedTraining(arenaBytes: 0))
    let whole = try await scratch.store(workers: 2).outcome(of: LimitedTraining(arenaBytes: .max))
    for (a, b) in zip(shared.epochs, whole.epochs) { #expect(abs(a.loss - b.loss) < 1e-3) }
  }

  @Test func aSharedPlanCountsOnce() throws {
    let plan = Program(like: ShapedArray.zeros([1000]), shared: .always) { (x: Tensor) in
      x.exp()
    }.plan
    try checkMemory([plan, plan], workers: 1 << 40)
  }

  @Test func fewerWorkersHelpOnlyWhereEachHasMemory() {
    let workers = 1 << 40
    let plan = Program(like: ShapedArray.zeros([1000])) { (x: Tensor) in x.exp() }.plan
    #expect {
      try checkMemory([plan], workers: workers)
    } throws: {
      "\($0)".contains("fewer than \(workers) workers with --threads")
    }
    let error = TrainingError.memory(needed: 2 << 40, available: 1 << 30, workers: 1)
    #expect(!error.description.contains("--threads"))
  }
}
