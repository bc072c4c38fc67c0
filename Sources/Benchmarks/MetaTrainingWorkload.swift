import Episodes
import Execution
import Experiments
import MetaLearners
import Networks
import Tensors
import Training

extension Workload {
  static func metaTraining(
    _ name: String, _ summary: String, _ model: ConvolutionalNetwork, support: Int = 5,
    query: Int = 5, episodes: Int = 16, rate: Double = 0.1, steps: Int = 5,
    order: MetaLearners.Order = .second, within memory: Plan.Memory = .unlimited
  ) -> Workload {
    let learner = MAML(model, rate: rate, steps: steps, order: order)
    let images = SyntheticImages(shape: model.imageShape, ways: model.ways, seed: 1)
    return metaTraining(
      name, summary, learner,
      (0..<episodes).map { images.episode($0, support: support, query: query) }, within: memory)
  }

  static func sine(_ name: String, _ summary: String, steps: Int) -> Workload {
    let learner = MAML(
      Perceptron(widths: [1, 40, 40, 1]), rate: 0.01, steps: steps, loss: .meanSquaredError)
    let source = Sinusoids(shots: 10, queries: 10)
    return metaTraining(
      name, summary, learner, source.episodes(25, seed: 1))
  }

  /// TURTLE as its authors train it on images: gradient and its history go in, rates are learned.
  static func turtle(_ name: String, _ summary: String) -> Workload {
    unpadded(
      name, summary,
      ClippedGradient(
        TURTLE(inputs: [.gradient, .gradientHistory], rates: .learned(from: 0...1)), at: 10))
  }

  /// MAML as a baseline of TURTLE.
  static func unpadded(_ name: String, _ summary: String) -> Workload {
    unpadded(name, summary, ClippedGradient(GradientDescent(rate: 0.01), at: 10))
  }

  /// TURTLE's Conv-4, of 64 filters without padding, with 16 queries per class.
  private static func unpadded(
    _ name: String, _ summary: String, _ rule: some UpdateRule
  ) -> Workload {
    var model = ConvolutionalNetwork.miniImageNet(ways: 5, filters: 64)
    model.padding = 0
    let images = SyntheticImages(shape: model.imageShape, ways: model.ways, seed: 1)
    return metaTraining(
      name, summary, GradientLearner(model: model, rule: rule, steps: 5),
      (0..<2).map { images.episode($0, support: 5, query: 80) })
  }

  /// A meta-iteration: all episodes' gradients, their mean, Adam.
  private static func metaTraining<Learner: MetaLearner>(
    _ name: String, _ summary: String, _ learner: Learner, _ episodes: [Episode<ShapedArray>],
    within memory: Plan.Memory = .unlimited
  ) -> Workload {
    var generator = Generator(seed: 0)
    let meta = learner.initialParameters(using: &generator)
    let start = TrainingState(parameters: meta, optimizer: Adam())
    let gradient = Program(like: meta, episodes[0], shared: .whenLarge, within: memory) {
      (meta: Parameters<Tensor>, episode: Episode<Tensor>) in
      learner.metaGradient(at: meta, of: episode)
    }
    return Workload(
      name: name, summary: summary,
      floatingPointOperations: gradient.plan.floatingPointOperations * Double(episodes.count),
      run: { threads, body in
        let update = Update(
          of: start, schedule: Schedule(epochs: 1, iterationsPerEpoch: 1, batch: episodes.count),
          optimizer: Adam())
        try await withWorkers(
          threads, on: gradient.plan,
          work: { (arena: Arena, order: GradientOrder) in
            gradient(order.parameters, episodes[order.number], in: arena)
          }
        ) { (workers: Workers<Arena, GradientOrder, MetaGradient<ShapedArray>>) in
          var state = start
          let arena = update.makeArena(workers: threads)
          try await body {
            let meta = state.parameters
            let gradients = try await workers.map(
              episodes.indices.map { GradientOrder(parameters: meta, number: $0) },
              in: Benchmarks.group, as: ValueCoding(resultsOf: gradient))
            try update(&state, gradients, rate: 1e-3, iteration: 0, in: arena)
          }
        }
      },
      profile: { gradient.profile(meta, episodes[0]) })
  }
}

extension Program {
  /// The profile of some calls after one that warms up.
  func profile(_ inputs: repeat (each Input).Arrays) -> String {
    let arena = makeArena()
    _ = self(repeat each inputs, in: arena)
    var profile = Profile()
    for _ in 0..<3 { _ = self(repeat each inputs, in: arena, profile: &profile) }
    return "\(plan.stepCount) steps, arena of \(plan.arenaBytes >> 20) MiB, three calls:\n"
      + profile.table()
  }
}
