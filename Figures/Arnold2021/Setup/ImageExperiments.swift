import CommonSetup
import DataSets
import Episodes
import Experiments
import MetaLearners
import Networks
import Reproduction
import Measurements
import Training

/// The image experiments of the paper under some options: equal ones are the same runs everywhere.
package struct ImageExperiments: Sendable {
  /// The sets, in the order of the paper's columns.
  package let sets: [ImageSet]
  /// The world they take place in.
  package let world: ImageWorld
  /// The classes that networks are judged on; those of validation while rates are tuned.
  package var judges = DataSet.Part.test
  private let options: FigureOptions
  private let isLinear: Bool
  private let images: [ImageSet: SetImages]

  /// The experiments on some data sets.
  ///
  /// - Parameters:
  ///   - sets: The data sets.
  ///   - isLinear: Whether images are those for linear models, where the paper uses smaller ones.
  ///   - world: The world, if not that of the budget.
  ///   - options: The user's.
  /// - Throws: What is wrong with the data, and what to do.
  package init(
    on sets: [ImageSet], isLinear: Bool = false, in world: ImageWorld? = nil,
    _ options: FigureOptions
  ) throws {
    self.world = world ?? .of(options.budget)
    (self.options, self.isLinear, self.sets) = (options, isLinear, options.sets(sets))
    var images: [ImageSet: SetImages] = [:]
    for set in self.sets {
      let side =
        set != .omniglot && isLinear ? self.world.linearSide : self.world.sides[set]
      images[set] = try options.images(of: set, side: side) {
        ImageWorld.standIn(set, options.budget, side: side, seed: $0)
      }
    }
    self.images = images
  }

  /// The data, with the classes that choose an epoch where they do.
  package var data: [DataFingerprint] {
    sets.flatMap { set in
      images[set]?.fingerprints(
        seeds: options.seeds, includingValidation: !isLinear && isChosen(set)) ?? []
    }
  }

  /// What stands for the sets.
  package var found: [SetImages] { sets.compactMap { images[$0] } }

  private func images(_ set: ImageSet, seed: UInt64) throws -> DataSet {
    guard let found = images[set] else {
      throw FigureError.failed("\(set.title) is no set of this figure")
    }
    return found.data(seed: seed)
  }

  private func episodes(
    _ set: ImageSet, _ part: DataSet.Part, seed: UInt64
  ) throws -> ClassificationEpisodes {
    try ClassificationEpisodes(
      images: images(set, seed: seed)[part], ways: ImageWorld.ways, shots: ImageWorld.shots,
      queries: ImageWorld.queries, rotations: set.rotations)
  }

  private func training<Net: Model, Rule: UpdateRule>(
    _ learner: GradientLearner<Net, Rule>, on set: ImageSet, meta rate: Double, iterations: Int,
    epochs: Int, batch: Int, seed: UInt64
  ) throws -> MetaTraining<GradientLearner<Net, Rule>, ClassificationEpisodes> {
    MetaTraining(
      learner: learner, episodes: try episodes(set, .train, seed: seed),
      schedule: Schedule(
        epochs: epochs, iterationsPerEpoch: max(iterations / epochs, 1), batch: batch,
        rate: .constant(rate)), seed: Int(seed))
  }

  /// Whether validation classes choose the epoch at which networks are judged.
  private func isChosen(_ set: ImageSet) -> Bool {
    world.validationEpisodes > 0
      && images[set].map { $0.data(seed: 0).validation.classes.count >= ImageWorld.ways } == true
  }

  /// A network's meta-training and its judgement: at the end, or where validation found it best.
  private func study<Rule: UpdateRule>(
    _ learner: GradientLearner<ConvolutionalNetwork, Rule>, _ family: Family, on set: ImageSet,
    meta rate: Double, seed: UInt64
  ) throws -> Study<Accuracy> {
    let isChosen = isChosen(set)
    let training = try training(
      learner, on: set, meta: rate,
      iterations: family == .anil ? world.headIterations : world.iterations[set],
      epochs: isChosen ? world.epochs : 1,
      batch: family == .anil ? world.headBatch : world.batch, seed: seed)
    let judged: Study<Double> =
      if isChosen {
        try Study(
          Selection(
            from: training, by: try episodes(set, .validation, seed: seed),
            count: world.validationEpisodes,
            judgedBy: try episodes(set, .test, seed: seed), count: world.testEpisodes)
        ).map { $0.testAccuracies[$0.testAccuracies.count - 1] }
      } else {
        try Study(
          Evaluation(
            of: training, afterEpochs: [1], on: try episodes(set, judges, seed: seed),
            count: world.testEpisodes, seed: Int(seed))
        ).map { $0[0].accuracy }
      }
    // What the choice has looked at already.
    let validation: Study<[Double]?> =
      if isChosen {
        try Study(
          Evaluation(
            of: training, afterEpochs: Array(0...world.epochs),
            on: try episodes(set, .validation, seed: seed), count: world.validationEpisodes,
            seed: Int(seed))
        ).map { $0.map(\.accuracy) }
      } else {
        Study(nil)
      }
    return try judged.and(Study(training)).and(validation).map {
      Accuracy(accuracy: $0.0, firstLoss: $0.1.epochs[0].loss, validation: $1)
    }
  }

  /// A network of some depth, helped by a method.
  package func network(
    _ variant: Variant, _ family: Family, seed: UInt64
  ) throws -> Study<Accuracy> {
    var model = world.network(variant.set, depth: variant.depth)
    let rates = world.rates.of(variant.method, family, on: variant.set)
    func run<Rule: UpdateRule>(
      _ learner: GradientLearner<ConvolutionalNetwork, Rule>
    ) throws -> Study<Accuracy> {
      try study(learner, family, on: variant.set, meta: rates.meta, seed: seed)
    }
    func run(_ rule: some UpdateRule) throws -> Study<Accuracy> {
      try run(
        GradientLearner(
          model: model, rule: rule, steps: ImageWorld.steps,
          adapts: family == .anil ? .head : .all))
    }
    switch variant.method {
    case .null: return try run(GradientDescent(rate: rates.adaptation))
    case .linNet:
      model.linearWidths = world.linNet
      // Standard normal weights, which the head for Omniglot has alone, would multiply in a chain.
      model.headInitializer = .glorotUniform
      return try run(GradientDescent(rate: rates.adaptation))
    case .metaSGD: return try run(MetaSGD(initialRate: rates.adaptation))
    case .metaCurvature: return try run(MetaCurvature(rate: rates.adaptation))
    case .tNets:
      guard family == .maml else {
        throw FigureError.failed("T-Nets are not compatible with ANIL")
      }
      return try run(
        GradientLearner.tNet(model, rate: rates.adaptation, steps: ImageWorld.steps))
    case .metaKFO:
      return try run(
        MetaKFO(rate: rates.adaptation, hiddenLayers: options.preset == "nonlinear" ? 2 : 0))
    }
  }

  /// Softmax regression, as it is or with linear layers before it, judged after every epoch.
  package func linear(
    isDeep: Bool, on set: ImageSet, seed: UInt64
  ) throws -> Study<LinearCurve> {
    let rates = Rates.linear(isDeep: isDeep, on: set)
    let epochs = options.budget == .smoke ? 2 : 10
    let training = try training(
      GradientLearner(
        model: world.linearModel(set, isDeep: isDeep),
        rule: GradientDescent(rate: rates.adaptation), steps: ImageWorld.steps),
      on: set, meta: rates.meta, iterations: world.linearIterations, epochs: epochs,
      batch: world.linearBatch, seed: seed)
    let total = world.linearIterations
    return try Study(
      Evaluation(
        of: training, afterEpochs: Array(0...epochs), on: try episodes(set, .test, seed: seed),
        count: world.testEpisodes, seed: Int(seed))
    ).and(Study(training)).map { points, curve in
      LinearCurve(
        iterations: points.map { $0.epoch * total / epochs }, accuracies: points.map(\.accuracy),
        firstLoss: curve.epochs[0].loss)
    }
  }

  /// Softmax regression trained on most images of the classes of unseen episodes themselves.
  package func ampleData(on set: ImageSet, seed: UInt64) throws -> Study<LinearCurve> {
    try Study(
      AmpleDataTraining(
        images: images(set, seed: seed).test, ways: ImageWorld.ways,
        episodes: options.budget.pick(smoke: 2, standard: 20, overnight: 50, paper: 100),
        steps: options.budget.pick(smoke: 10, standard: 200), seed: seed)
    ).map { LinearCurve(iterations: [0], accuracies: [$0], firstLoss: nil) }
  }
}

extension ImageWorld {
  /// What is drawn where a set is not at hand.
  static func standIn(
    _ set: ImageSet, _ budget: Budget, side: Int, seed: Int
  ) -> DataSet {
    let isSmoke = budget == .smoke
    if set == .omniglot {
      return Glyphs(
        trainClasses: isSmoke ? 20 : 200, validationClasses: isSmoke ? 0 : 50,
        testClasses: isSmoke ? 10 : 100, seed: seed
      ).dataSet()
    }
    return Scenes(
      trainClasses: isSmoke ? 10 : 64, validationClasses: isSmoke ? 0 : 16,
      testClasses: isSmoke ? 6 : 20, pictures: isSmoke ? 20 : 60, side: side,
      series: set.seriesOfScenes, seed: seed
    ).dataSet()
  }
}
