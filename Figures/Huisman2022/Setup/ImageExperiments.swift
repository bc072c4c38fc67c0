import CommonSetup
import DataSets
import Episodes
import Experiments
import Measurements
import MetaLearners
import Networks
import Reproduction
import Training

/// The image experiments of the paper under some options: equal ones are the same runs everywhere.
package struct ImageExperiments: Sendable {
  /// What they are done with.
  package let settings: ImageProtocol
  /// The sets' images, or what stands for them.
  package let found: [SetImages]
  private let options: FigureOptions

  /// The experiments on some sets.
  ///
  /// - Throws: What is wrong with the data, and what to do.
  package init(on sets: [ImageSet], _ options: FigureOptions) throws {
    let settings = ImageProtocol.of(options.budget)
    (self.settings, self.options) = (settings, options)
    let isSmoke = options.budget == .smoke
    found = try ImageProtocol.bothSets.filter(sets.contains).map { set in
      try options.images(of: set, side: settings.side) { seed in
        set == .cub
          ? Birds(
            trainClasses: isSmoke ? 10 : 50, validationClasses: isSmoke ? 5 : 25,
            testClasses: isSmoke ? 5 : 25, side: settings.side, seed: seed
          ).dataSet()
          : Scenes(
            trainClasses: isSmoke ? 10 : 64, validationClasses: isSmoke ? 5 : 16,
            testClasses: isSmoke ? 6 : 20, pictures: isSmoke ? 20 : 60, side: settings.side,
            series: set.seriesOfScenes, seed: seed
          ).dataSet()
      }
    }
  }

  /// The data, with the classes that choose an epoch.
  package var data: [DataFingerprint] {
    found.flatMap { $0.fingerprints(seeds: options.seeds, includingValidation: true) }
  }

  private func episodes(
    _ set: ImageSet, _ part: DataSet.Part, _ shots: Int, _ seed: UInt64
  ) throws -> ClassificationEpisodes {
    try ClassificationEpisodes(
      images: found.images(of: set).data(seed: seed)[part], ways: ImageProtocol.ways, shots: shots,
      queries: ImageProtocol.queries, rotations: set.rotations)
  }

  /// What a method reaches in a cell.
  package func study(_ place: ImagePlace, seed: UInt64) throws -> Study<ImageOutcome> {
    switch place.method {
    case .trainFromScratch: return try scratch(place, seed)
    case .finetuning:
      return try classifier(settings.network(), of: settings.network(ways:), place, seed)
    case .baseline:
      return try classifier(
        CosineClassifier(settings.network()), of: { CosineClassifier(settings.network(ways: $0)) },
        place, seed)
    case .lstm, .enhancedLSTM, .rawLSTM, .foMAML, .maml, .foTURTLE, .turtle:
      return try metaLearning(place, seed: seed).study()
    }
  }

  /// What the meta-training of a method takes.
  package func work(_ place: ImagePlace, seed: UInt64) throws -> TrainingWork {
    try metaLearning(place, seed: seed).work()
  }

  /// What is done with a meta-learner: its study, and its training alone.
  private struct MetaLearning {
    var study: () throws -> Study<ImageOutcome>
    var work: () -> TrainingWork
  }

  private func metaLearning(_ place: ImagePlace, seed: UInt64) throws -> MetaLearning {
    switch place.method {
    case .trainFromScratch, .finetuning, .baseline:
      throw FigureError.failed("\(place.method.rawValue) learns no episodes")
    case .foMAML, .maml:
      return try clipped(
        GradientDescent(rate: settings.mamlRate), batch: settings.mamlBatch[place.shots] ?? 1,
        place.method == .maml ? .second : .first, place, seed)
    case .foTURTLE, .turtle:
      return try clipped(
        TURTLE(
          inputs: [.gradient, .gradientHistory], hiddenLayers: 5, rates: .learned(from: 0...1)),
        batch: min(2, settings.mamlBatch[place.shots] ?? 2),
        place.method == .turtle ? .second : .first, place, seed)
    case .lstm:
      return try lstm(.logarithms, steps: settings.lstmSteps[place.shots] ?? 1, .first, place, seed)
    case .enhancedLSTM, .rawLSTM:
      return try lstm(
        .gradient, steps: settings.enhancedSteps,
        place.method == .enhancedLSTM ? .second : .first, place, seed)
    }
  }

  private func learner<Rule: UpdateRule>(
    _ rule: Rule, steps: Int, _ order: Order
  ) -> GradientLearner<ConvolutionalNetwork, Rule> {
    GradientLearner(model: settings.network(), rule: rule, steps: steps, order: order)
  }

  /// MAML and TURTLE: inner gradients, and the outer one of the initial weights, within ±10.
  private func clipped<Rule: UpdateRule>(
    _ rule: Rule, batch: Int, _ order: Order, _ place: ImagePlace, _ seed: UInt64
  ) throws -> MetaLearning {
    var schedule = settings.schedule(shots: place.shots, batch: batch)
    (schedule.gradientBound, schedule.boundedPart) = (10, "model/")
    return try chosen(
      learner(ClippedGradient(rule, at: 10), steps: ImageProtocol.steps, order), schedule, place,
      seed)
  }

  /// The meta-learner LSTM: the outer gradient has a norm of at most 0.25.
  private func lstm(
    _ input: LSTMOptimizer.Input, steps: Int, _ order: Order, _ place: ImagePlace, _ seed: UInt64
  ) throws -> MetaLearning {
    var schedule = settings.schedule(shots: place.shots, batch: 1)
    schedule.gradientNorm = 0.25
    let rule = LSTMOptimizer(
      input: input, hidden: settings.lstmUnits,
      gradientScale: 1 / Double(ImageProtocol.ways * place.shots))
    return try chosen(learner(rule, steps: steps, order), schedule, place, seed)
  }

  /// A meta-training, and the epoch that is most accurate on validation episodes.
  private func chosen<Rule: UpdateRule>(
    _ learner: GradientLearner<ConvolutionalNetwork, Rule>, _ schedule: Schedule,
    _ place: ImagePlace, _ seed: UInt64
  ) throws -> MetaLearning {
    let training = MetaTraining(
      learner: learner, episodes: try episodes(place.set, .train, place.shots, seed),
      schedule: schedule, seed: Int(seed))
    let selection = Selection(
      from: training, by: try episodes(place.set, .validation, place.shots, seed),
      count: settings.validationTasks, measure: .accuracy,
      judgedBy: try episodes(place.judge, .test, place.shots, seed), count: settings.testTasks)
    return MetaLearning(
      study: {
        try Study(selection).and(Study(training)).map { found, curve in
          ImageOutcome(
            accuracy: found.testAccuracies[found.testAccuracies.count - 1],
            validation: found.validationAccuracies, firstLoss: curve.epochs.first?.loss)
        }
      }, work: { training.work })
  }

  /// Steps of Adam on the support set, from where nothing has been learned.
  private func scratch(_ place: ImagePlace, _ seed: UInt64) throws -> Study<ImageOutcome> {
    var schedule = settings.schedule(shots: place.shots, batch: 1)
    (schedule.epochs, schedule.mayDiverge) = (0, nil)
    let start = MetaTraining(
      learner: FinalAnswers(
        of: learner(InnerAdam(rate: settings.headRate), steps: settings.headSteps, .first)),
      episodes: try episodes(place.judge, .train, place.shots, seed), schedule: schedule,
      seed: Int(seed))
    return try Study(
      Evaluation(
        of: start, afterEpochs: [0], on: try episodes(place.judge, .test, place.shots, seed),
        count: settings.testTasks, seed: Int(seed))
    ).map { ImageOutcome(accuracy: $0[0].accuracy) }
  }

  /// A classifier of all training classes, then steps of Adam on a new head.
  private func classifier<Net: Model>(
    _ network: Net, of classes: (Int) -> Net, _ place: ImagePlace, _ seed: UInt64
  ) throws -> Study<ImageOutcome> {
    let images = try found.images(of: place.set).data(seed: seed).train
    // As many batches as the others have episodes.
    let pretraining = Pretraining(
      model: classes(images.classes.count), images: images,
      schedule: Schedule(
        epochs: 1, iterationsPerEpoch: settings.tasks[place.shots] ?? 1,
        batch: ImageProtocol.classifierBatch, rate: .constant(settings.metaRate)),
      seed: Int(seed))
    let learner = GradientLearner(
      model: network, rule: InnerAdam(rate: settings.headRate), steps: settings.headSteps,
      adapts: .head, order: .first)
    return try Study(
      Evaluation(
        of: Finetuning(from: pretraining, learner: learner), afterEpochs: [1],
        on: try episodes(place.judge, .test, place.shots, seed), count: settings.testTasks,
        seed: Int(seed))
    ).and(Study(pretraining)).map { found, curve in
      ImageOutcome(accuracy: found[0].accuracy, firstLoss: curve.epochs[0].loss)
    }
  }
}
