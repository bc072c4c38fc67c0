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
      $0.fingerprints(
        seeds: options.seeds,
        includingValidation: isLinear ? Self.hasValidation($0) : isChosen($0))
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
    world.validationEpisodes > 0 && Self.hasValidation(images)
  }

  /// A network's meta-training and its judgement: at the end, or where validation found it best.
  private func study(
    _ learner: some MetaLearner, _ family: Family, on set: ImageSet, meta rate: Double, seed: UInt64
  ) throws -> Study<Accuracy> {
    let isChosen = isChosen(try found.images(of: set))
    var training = try training(
      learner, on: set, meta: rate,
      iterations: family == .anil ? world.headIterations : world.iterations[set],
      epochs: isChosen ? world.epochs : 1,
      batch: family == .anil ? world.headBatch : world.batch, seed: seed)
    // At a rate that was searched rather than printed it may, and is judged where it had come to.
    if world.rates != .paper { training.schedule.mayDiverge = true }
    guard isChosen else {
      return try Study(
        Evaluation(
          of: training, afterEpochs: world.rates == .paper ? [1] : [0, 1],
          on: try episodes(set, .test, seed: seed), count: world.testEpisodes, seed: Int(seed))
      ).and(Study(training)).map {
        Accuracy(
          accuracy: $0[$0.count - 1].accuracy, firstLoss: $1.epochs.first?.loss ?? .nan)
      }
    }
    return try Study(
      Selection(
        from: training, by: try episodes(set, .validation, seed: seed),
        count: world.validationEpisodes, measure: .accuracy,
        judgedBy: try episodes(set, .test, seed: seed), count: world.testEpisodes)
    ).and(Study(training)).map {
      Accuracy(
        accuracy: $0.testAccuracies[$0.testAccuracies.count - 1],
        firstLoss: $1.epochs.first?.loss ?? .nan,
        validation: $0.validationAccuracies)
    }
  }

  /// A network of some depth, helped by a method.
  package func network(
    _ variant: Variant, _ family: Family, seed: UInt64
  ) throws -> Study<Accuracy> {
    let rates = try rates(variant, family)
    return try study(
      learner(variant, family, rate: rates.adaptation), family, on: variant.set, meta: rates.meta,
      seed: seed)
  }

  /// What an adaptation rate leads to on validation classes after one epoch.
  package func trial(_ trial: RateTrial, seed: UInt64) throws -> Study<TrialAccuracy> {
    try trialStudy(
      learner(trial.variant, trial.family, rate: trial.rate), trial,
      meta: world.rates == .paper
        ? try rates(trial.variant, trial.family).meta : NetworkRates.metaRateOfTrials, seed: seed)
  }

  private func trialStudy(
    _ learner: some MetaLearner, _ trial: RateTrial, meta rate: Double, seed: UInt64
  ) throws -> Study<TrialAccuracy> {
    let set = trial.variant.set
    let isHead = trial.family == .anil
    var training = try training(
      learner, on: set, meta: rate,
      iterations: max((isHead ? world.headIterations : world.iterations[set]) / world.epochs, 1),
      epochs: 1, batch: isHead ? world.headBatch : world.batch, seed: seed)
    training.schedule.mayDiverge = true
    return try Study(
      Evaluation(
        of: training, afterEpochs: [1],
        on: try episodes(
          set, Self.hasValidation(found.images(of: set)) ? .validation : .test, seed: seed),
        count: world.trialEpisodes, seed: Int(seed))
    ).map { TrialAccuracy(accuracy: $0.first?.accuracy) }
  }

  /// The data of trials.
  package var dataToTune: [DataFingerprint] {
    found.flatMap { images in
      images.fingerprints(
        seeds: options.seeds, includingValidation: Self.hasValidation(images))
    }
  }

  /// Whether there are classes to validate with; the stand-ins of the smoke budget have none.
  private static func hasValidation(_ images: SetImages) -> Bool {
    images.data(seed: 0).validation.classes.count >= ImageWorld.ways
  }

  private func rates(_ variant: Variant, _ family: Family) throws -> Rates {
    guard let preset = variant.method.rates[family] else {
      throw FigureError.failed(
        "\(variant.method.title(family)) does not go with \(Method.null.title(family))")
    }
    return world.rates.of(preset, family, on: variant.set, depth: variant.depth)
  }

  private func learner(
    _ variant: Variant, _ family: Family, rate: Double
  ) -> any MetaLearner {
    variant.method.helping(
      PlainLearner(
        network: world.network(variant.set, depth: variant.depth), family: family, rate: rate,
        world: world, preset: options.preset))
  }

  /// Softmax regression, as it is or with linear layers before it, judged after every epoch.
  package func linear(
    isDeep: Bool, on set: ImageSet, seed: UInt64
  ) throws -> Study<LinearCurve> {
    let rate = RatePreset.linear(isDeep: isDeep).rates(on: set).adaptation
    let training = try linearTraining(isDeep: isDeep, rate: rate, on: set, seed: seed)
    return try linearCurve(of: training, on: set, seed: seed)
  }

  /// The adaptation rates at which softmax regression may learn, the paper's among them.
  package static let linearRates = [0.01, 0.1, 1]

  /// Softmax regression at the adaptation rate that ends best on validation classes; the first of several.
  ///
  /// The stand-ins of the smoke budget have none, and decide nothing: there test classes choose.
  package func linearAtBestRate(on set: ImageSet, seed: UInt64) throws -> Study<LinearCurve> {
    let isValidated = try Self.hasValidation(found.images(of: set))
    let candidates = try Self.linearRates.map { rate in
      let training = try linearTraining(isDeep: false, rate: rate, on: set, seed: seed)
      let validation = try Study(
        Evaluation(
          of: training, afterEpochs: [linearEpochs],
          on: try episodes(set, isValidated ? .validation : .test, seed: seed),
          count: world.testEpisodes, seed: Int(seed))
      ).map { $0[0] }
      return try validation.and(linearCurve(of: training, on: set, seed: seed))
    }
    return Study.all(candidates).map { candidates in
      candidates[ValidationMeasure.accuracy.best(of: candidates.map(\.0))].1
    }
  }

  private var linearEpochs: Int { options.budget == .smoke ? 2 : 10 }

  private func linearTraining(
    isDeep: Bool, rate: Double, on set: ImageSet, seed: UInt64
  ) throws -> MetaTraining<
    GradientLearner<LinearNetwork, GradientDescent>, ClassificationEpisodes
  > {
    try training(
      GradientLearner(
        model: world.linearModel(set, isDeep: isDeep), rule: GradientDescent(rate: rate),
        steps: ImageWorld.steps),
      on: set, meta: RatePreset.linear(isDeep: isDeep).rates(on: set).meta,
      iterations: world.linearIterations, epochs: linearEpochs, batch: world.linearBatch,
      seed: seed)
  }

  private func linearCurve<Learner: MetaLearner>(
    of training: MetaTraining<Learner, ClassificationEpisodes>, on set: ImageSet, seed: UInt64
  ) throws -> Study<LinearCurve> {
    let (total, epochs) = (world.linearIterations, linearEpochs)
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
