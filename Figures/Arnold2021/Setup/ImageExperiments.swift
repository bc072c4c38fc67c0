import CommonSetup
import Episodes
import Experiments
import MetaLearners
import Networks
import Reproduction
import Statistics
import Training

/// The image experiments of the paper under some options: equal ones are the same runs everywhere.
public struct ImageExperiments: Sendable {
  /// The world they take place in.
  public let world: ImageWorld
  /// The classes that networks are judged on; those of validation while rates are tuned.
  package var judges = DataSet.Part.test
  private let options: FigureOptions
  private let isLinear: Bool
  private let data: [ImageSet: DataSet]

  /// The experiments on some data sets.
  ///
  /// - Parameters:
  ///   - sets: The data sets.
  ///   - isLinear: Whether images are those for linear models, where the paper uses smaller ones.
  ///   - options: The user's.
  /// - Throws: What is wrong with the data, and what to do.
  public init(on sets: [ImageSet], isLinear: Bool = false, _ options: FigureOptions) throws {
    try self.init(on: sets, isLinear: isLinear, in: .of(options.budget), options)
  }

  /// The experiments in a world that need not be that of the budget.
  package init(
    on sets: [ImageSet], isLinear: Bool = false, in world: ImageWorld, _ options: FigureOptions
  ) throws {
    self.options = options
    self.isLinear = isLinear
    self.world = world
    var data: [ImageSet: DataSet] = [:]
    for set in sets {
      let side = set != .omniglot && isLinear ? world.linearSide : world.sides[set] ?? 28
      data[set] = try set.load(options, side: side)
    }
    self.data = data
  }

  /// The digests of the data by a name that says what stands for what.
  public var digests: [String: String] {
    var digests: [String: String] = [:]
    for (set, images) in data {
      digests[set.description(options)] = images.digest(
        includingValidation: !isLinear && isChosen(set))
    }
    return digests
  }

  private func episodes(_ set: ImageSet, _ part: DataSet.Part) throws -> ClassificationEpisodes {
    guard let images = data[set] else { fatalError("\(set) has not been loaded") }
    return try ClassificationEpisodes(
      images: images[part], ways: ImageWorld.ways, shots: ImageWorld.shots,
      queries: ImageWorld.queries, rotations: set.rotations)
  }

  private func training<Net: Model, Rule: UpdateRule>(
    _ learner: GradientLearner<Net, Rule>, on set: ImageSet, meta rate: Double, iterations: Int,
    epochs: Int, batch: Int, seed: UInt64
  ) throws -> MetaTraining<GradientLearner<Net, Rule>, ClassificationEpisodes> {
    MetaTraining(
      learner: learner, episodes: try episodes(set, .train),
      schedule: Schedule(
        epochs: epochs, iterationsPerEpoch: max(iterations / epochs, 1), batch: batch,
        rate: .constant(rate)), seed: Int(seed))
  }

  /// Whether validation classes choose the epoch at which networks are judged.
  private func isChosen(_ set: ImageSet) -> Bool {
    world.validationEpisodes > 0
      && data[set].map { $0.validation.classes.count >= ImageWorld.ways } == true
  }

  /// A network's meta-training and its judgement: at the end, or where validation found it best.
  private func run<Rule: UpdateRule>(
    _ learner: GradientLearner<ConvolutionalNetwork, Rule>, _ family: Family, on set: ImageSet,
    meta rate: Double, seed: UInt64
  ) throws -> AccuracyRun {
    let isChosen = isChosen(set)
    let training = try training(
      learner, on: set, meta: rate,
      iterations: family == .anil ? world.headIterations : world.iterations[set] ?? 1,
      epochs: isChosen ? world.epochs : 1,
      batch: family == .anil ? world.headBatch : world.batch, seed: seed)
    guard isChosen else {
      return try AccuracyRun(
        training,
        Evaluation(
          of: training, afterEpochs: [1], on: try episodes(set, judges), count: world.testEpisodes,
          seed: Int(seed)))
    }
    return try AccuracyRun(
      Selection(
        from: training, by: try episodes(set, .validation), count: world.validationEpisodes,
        judgedBy: try episodes(set, .test), count: world.testEpisodes))
  }

  /// A network of some depth, helped by a method.
  public func network(
    _ method: Method, _ family: Family, on set: ImageSet, depth: Int, seed: UInt64
  ) throws -> AccuracyRun {
    var model = world.network(set, depth: depth)
    let rates = world.rates.of(method, family, on: set)
    func run<Rule: UpdateRule>(
      _ learner: GradientLearner<ConvolutionalNetwork, Rule>
    ) throws -> AccuracyRun {
      try self.run(learner, family, on: set, meta: rates.meta, seed: seed)
    }
    func run(_ rule: some UpdateRule) throws -> AccuracyRun {
      try run(
        GradientLearner(
          model: model, rule: rule, steps: ImageWorld.steps,
          adapts: family == .anil ? .head : .all))
    }
    switch method {
    case .null: return try run(GradientDescent(rate: rates.adaptation))
    case .linNet:
      model.linearWidths = world.linNet
      // Standard normal weights, which the head for Omniglot has alone, would multiply in a chain.
      model.headInitializer = .glorotUniform
      return try run(GradientDescent(rate: rates.adaptation))
    case .metaSGD: return try run(MetaSGD(initialRate: rates.adaptation))
    case .metaCurvature: return try run(MetaCurvature(rate: rates.adaptation))
    case .tNets:
      precondition(family == .maml, "T-Nets are not compatible with ANIL")
      return try run(
        GradientLearner.tNet(model, rate: rates.adaptation, steps: ImageWorld.steps))
    case .metaKFO:
      return try run(
        MetaKFO(rate: rates.adaptation, hiddenLayers: options.preset == "nonlinear" ? 2 : 0))
    }
  }

  /// Softmax regression, as it is or with linear layers before it, judged after every epoch.
  public func linear(isDeep: Bool, on set: ImageSet, seed: UInt64) throws -> AccuracyRun {
    let rates = Rates.linear(isDeep: isDeep, on: set)
    let epochs = options.budget == .smoke ? 2 : 10
    let training = try training(
      GradientLearner(
        model: world.linearModel(set, isDeep: isDeep),
        rule: GradientDescent(rate: rates.adaptation), steps: ImageWorld.steps),
      on: set, meta: rates.meta, iterations: world.linearIterations, epochs: epochs,
      batch: world.linearBatch, seed: seed)
    return try AccuracyRun(
      training,
      Evaluation(
        of: training, afterEpochs: Array(0...epochs), on: try episodes(set, .test),
        count: world.testEpisodes, seed: Int(seed)))
  }

  /// Softmax regression trained on most images of the classes of unseen episodes themselves.
  public func ampleData(on set: ImageSet, seed: UInt64) throws -> AmpleDataTraining {
    guard let images = data[set] else { fatalError("\(set) has not been loaded") }
    return AmpleDataTraining(
      images: images.test, ways: ImageWorld.ways,
      episodes: options.budget.pick(smoke: 2, standard: 20, overnight: 50, paper: 100),
      steps: options.budget.pick(smoke: 10, standard: 200), seed: seed)
  }
}

extension FigureContext {
  /// What a grid of runs has found: a row for each variant, a value for each seed.
  public func outcomes<Variant>(
    of variants: [Variant], overSeeds run: (Variant, UInt64) throws -> AccuracyRun
  ) async throws -> [PerSeed<AccuracyRun.Outcome>] {
    let single = runs.withWorkers(1)
    let grid = try variants.flatMap { variant in
      try options.seeds.map { try run(variant, $0) }
    }
    let outcomes = try await concurrentMap(grid, workers: runs.workers) {
      try await $0.outcome(from: single)
    }
    return variants.indices.map { row in
      let first = row * options.seeds.count
      return PerSeed(
        seeds: options.seeds, values: Array(outcomes[first..<first + options.seeds.count]))
    }
  }
}
