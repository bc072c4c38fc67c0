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
  /// The images of the sets, in the order of the paper's columns, or what stands for them.
  package let found: [SetImages]
  /// The world they take place in.
  package let world: ImageWorld
  /// The classes that networks are judged on; those of validation while rates are tuned.
  package var judges = DataSet.Part.test
  private let options: FigureOptions
  private let isLinear: Bool

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
    let world = world ?? .of(options.budget)
    (self.world, self.options, self.isLinear) = (world, options, isLinear)
    found = try options.sets(sets).map { set in
      let side = set != .omniglot && isLinear ? world.linearSide : world.sides[set]
      return try options.images(of: set, side: side) {
        ImageWorld.standIn(set, options.budget, side: side, seed: $0)
      }
    }
  }

  package var sets: [ImageSet] { found.map(\.set) }

  /// The data, with the classes that choose an epoch where they do.
  package var data: [DataFingerprint] {
    found.flatMap {
      $0.fingerprints(seeds: options.seeds, includingValidation: !isLinear && isChosen($0))
    }
  }

  private func episodes(
    _ set: ImageSet, _ part: DataSet.Part, seed: UInt64
  ) throws -> ClassificationEpisodes {
    try ClassificationEpisodes(
      images: found.images(of: set).data(seed: seed)[part], ways: ImageWorld.ways,
      shots: ImageWorld.shots, queries: ImageWorld.queries, rotations: set.rotations)
  }

  private func training<Learner: MetaLearner>(
    _ learner: Learner, on set: ImageSet, meta rate: Double, iterations: Int, epochs: Int,
    batch: Int, seed: UInt64
  ) throws -> MetaTraining<Learner, ClassificationEpisodes> {
    MetaTraining(
      learner: learner, episodes: try episodes(set, .train, seed: seed),
      schedule: Schedule(
        epochs: epochs, iterationsPerEpoch: max(iterations / epochs, 1), batch: batch,
        rate: .constant(rate)), seed: Int(seed))
  }

  /// Whether validation classes choose the epoch at which networks are judged.
  private func isChosen(_ images: SetImages) -> Bool {
    world.validationEpisodes > 0
      && images.data(seed: 0).validation.classes.count >= ImageWorld.ways
  }

  /// A network's meta-training and its judgement: at the end, or where validation found it best.
  private func study(
    _ learner: some MetaLearner, _ family: Family, on set: ImageSet, meta rate: Double, seed: UInt64
  ) throws -> Study<Accuracy> {
    let isChosen = isChosen(try found.images(of: set))
    let training = try training(
      learner, on: set, meta: rate,
      iterations: family == .anil ? world.headIterations : world.iterations[set],
      epochs: isChosen ? world.epochs : 1,
      batch: family == .anil ? world.headBatch : world.batch, seed: seed)
    guard isChosen else {
      return try Study(
        Evaluation(
          of: training, afterEpochs: [1], on: try episodes(set, judges, seed: seed),
          count: world.testEpisodes, seed: Int(seed))
      ).and(Study(training)).map {
        Accuracy(accuracy: $0[0].accuracy, firstLoss: $1.epochs[0].loss)
      }
    }
    return try Study(
      Selection(
        from: training, by: try episodes(set, .validation, seed: seed),
        count: world.validationEpisodes, measure: .accuracy,
        judgedBy: try episodes(set, .test, seed: seed), count: world.testEpisodes)
    ).and(Study(training)).map {
      Accuracy(
        accuracy: $0.testAccuracies[$0.testAccuracies.count - 1], firstLoss: $1.epochs[0].loss,
        validation: $0.validationAccuracies)
    }
  }

  /// A network of some depth, helped by a method.
  package func network(
    _ variant: Variant, _ family: Family, seed: UInt64
  ) throws -> Study<Accuracy> {
    guard let preset = variant.method.rates[family] else {
      throw FigureError.failed(
        "\(variant.method.title(family)) does not go with \(Method.null.title(family))")
    }
    let rates = world.rates.of(preset, on: variant.set)
    let learner = variant.method.helping(
      PlainLearner(
        network: world.network(variant.set, depth: variant.depth), family: family,
        rate: rates.adaptation, world: world, preset: options.preset))
    return try study(learner, family, on: variant.set, meta: rates.meta, seed: seed)
  }

  /// Softmax regression, as it is or with linear layers before it, judged after every epoch.
  package func linear(
    isDeep: Bool, on set: ImageSet, seed: UInt64
  ) throws -> Study<LinearCurve> {
    let rates = RatePreset.linear(isDeep: isDeep).rates(on: set)
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

  /// Softmax regression trained on ample data of unseen classes: what a linear model could do.
  ///
  /// Adam on four fifths of the images of the classes of each episode; the rest judge. The paper says
  /// "the best performance if the models are trained by sufficient data from the meta-testing tasks"
  /// (section 5.1) and no more.
  package func ampleData(on set: ImageSet, seed: UInt64) throws -> Study<LinearCurve> {
    let images = try found.images(of: set).data(seed: seed).test
    // At least one of each, so that too few are refused with the class's name.
    let drawings = images.classes.map(\.images.count).min() ?? 0
    let shots = max(drawings * 4 / 5, 1)
    let episodes = try ClassificationEpisodes(
      images: images, ways: ImageWorld.ways, shots: shots, queries: max(drawings - shots, 1),
      rotations: .none)
    let untrained = MetaTraining(
      learner: FinalAnswers(
        of: GradientLearner(
          model: world.linearModel(set, isDeep: false), rule: InnerAdam(rate: 0.01),
          steps: options.budget.pick(smoke: 10, standard: 200), order: .first)),
      episodes: episodes, schedule: Schedule(epochs: 0, iterationsPerEpoch: 1, batch: 1),
      seed: Int(seed))
    return try Study(
      Evaluation(
        of: untrained, afterEpochs: [0], on: episodes,
        count: options.budget.pick(smoke: 2, standard: 20, overnight: 50, paper: 100),
        seed: Int(seed))
    ).map { LinearCurve(iterations: [0], accuracies: [$0[0].accuracy], firstLoss: nil) }
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
