import Claims
import CommonSetup
import DataSets
import Episodes
import Experiments
import Measurements
import MetaLearners
import Networks
import Reproduction
import Training

/// The paper's image experiments under a user's options: equal ones are the same runs everywhere.
package struct ImageExperiments: Sendable {
  /// A meta-training of the paper.
  package typealias Training = MetaTraining<MAML<ConvolutionalNetwork>, ClassificationEpisodes>
  /// The finetuning baseline of the paper.
  package typealias Baseline = Finetuning<ConvolutionalNetwork, GradientDescent>

  /// The settings, in the order of the panels.
  package private(set) var settings: [Setting] = []
  /// The data, classes to learn from and to judge with.
  package private(set) var data: [DataFingerprint] = []
  /// The images, or what stands for them.
  package private(set) var images: [SetImages] = []
  private let preset: Preset
  private let world: World

  /// How many images there are to learn from, and for how long.
  package enum World: Sendable {
    /// As in the table of presets.
    case full
    /// Four times as many epochs; stand-ins with few pictures of few classes, on which a network
    /// gets worse in the end.
    case prolonged
    case regularized
    /// The finetuning baseline alone: at the paper's inner rate at all budgets, since what asks for
    /// another at standard is first-order meta-training.
    case baseline
  }

  /// The experiments on some sets.
  ///
  /// - Throws: What is wrong with the data or the options, and what to do.
  package init(
    on sets: [ImageSet], _ options: FigureOptions, _ panels: Panels = .all, world: World = .full
  ) throws {
    self.world = world
    preset = Preset.named(options.preset, within: options.budget)
    for set in options.sets(sets) {
      let own = preset.settings(for: set)
      let found = try options.images(of: set, side: own.side, split: preset.split) {
        Self.standIn(for: set, side: own.side, seed: $0, world)
      }
      images.append(found)
      data += found.fingerprints(
        seeds: options.seeds,
        // Of published images also how many there are, where they are not all.
        named: found.isPublished
          ? "\(found.description), \(own.side)×\(own.side)"
          : "\(found.title) \(own.side)×\(own.side), stand-in for \(set.title)")
      settings += panels.settings(of: found.title, set, own)
    }
  }

  private static func standIn(
    for set: ImageSet, side: Int, seed: Int, _ world: World
  ) -> DataSet {
    switch (set, world) {
    case (.omniglot, .prolonged): Glyphs(trainClasses: 16, seed: seed).dataSet()
    case (.omniglot, _): Glyphs(seed: seed).dataSet()
    case (_, .prolonged): Scenes(trainClasses: 16, pictures: 20, side: side, seed: seed).dataSet()
    case (_, _): Scenes(side: side, seed: seed).dataSet()
    }
  }

  /// The settings that claims are about, known before there are any data.
  package static func settings(
    on sets: [ImageSet], _ scope: ClaimScope, _ panels: Panels = .all
  ) -> [Setting] {
    let preset = Preset.named(scope.preset, within: scope.budget)
    return scope.sets(sets).flatMap {
      panels.settings(
        of: scope.data == nil ? $0.standIn : $0.title, $0, preset.settings(for: $0))
    }
  }

  package func episodes(
    _ setting: Setting, _ part: DataSet.Part, seed: UInt64
  ) throws -> ClassificationEpisodes {
    let (found, own) = try found(setting)
    return try ClassificationEpisodes(
      images: found.data(seed: seed)[part], ways: setting.form.ways, shots: setting.form.shots,
      queries: own.queries, rotations: found.set.rotations)
  }

  package func found(_ setting: Setting) throws -> (SetImages, ImageSettings) {
    guard let found = images.first(where: { $0.title == setting.images }) else {
      throw FigureError.failed("\(setting.images) are no images of this figure")
    }
    var own = world == .regularized ? preset.regularized : preset.settings(for: found.set)
    if world == .prolonged { own.epochs *= 4 }
    if world == .baseline { own.rate = Preset.paper.settings(for: found.set).rate }
    return (found, own)
  }

  package func training(_ setting: Setting, seed: UInt64) throws -> Training {
    let (found, own) = try found(setting)
    return MetaTraining(
      learner: Self.learner(found.set, found.data(seed: seed), setting, own),
      episodes: try episodes(setting, .train, seed: seed),
      schedule: Schedule(
        epochs: own.epochs, iterationsPerEpoch: own.iterations,
        batch: setting.form.shots == 1 ? own.batch : own.batch / 2, rate: .constant(own.outerRate)),
      seed: Int(seed))
  }

  /// Coherence and accuracy after every epoch.
  package func trajectories(
    _ setting: Setting, seed: UInt64
  ) throws -> Trajectories<Training, ClassificationEpisodes> {
    let own = try found(setting).1
    return Trajectories(
      of: try training(setting, seed: seed), afterEpochs: Array(1...own.epochs),
      on: try episodes(setting, .test, seed: seed),
      count: own.trajectories(setting.form), seed: Int(seed))
  }

  /// The curvature before training and after every epoch.
  package func curvature(
    _ setting: Setting, seed: UInt64
  ) throws -> Curvature<Training, ClassificationEpisodes> {
    let own = try found(setting).1
    return Curvature(
      of: try training(setting, seed: seed), afterEpochs: Array(0...own.epochs),
      on: try episodes(setting, .test, seed: seed), count: own.curvatures, seed: Int(seed))
  }

  /// The accuracy after every epoch on episodes of some classes.
  package func evaluation(
    _ setting: Setting, on part: DataSet.Part, seed: UInt64
  ) throws -> Evaluation<Training, ClassificationEpisodes> {
    let own = try found(setting).1
    return Evaluation(
      of: try training(setting, seed: seed), afterEpochs: Array(1...own.epochs),
      on: try episodes(setting, part, seed: seed), count: own.trajectories(setting.form) / 2,
      seed: Int(seed))
  }

  /// What solutions are like, at a few dozen epochs or after each.
  package func characterization(
    _ setting: Setting, seed: UInt64
  ) throws -> Study<Characterization> {
    let own = try found(setting).1
    let every = max(own.epochs / 24, 1)
    let epochs = Array(stride(from: every, through: own.epochs, by: every))
    let training = try training(setting, seed: seed)
    let episodes = try episodes(setting, .test, seed: seed)
    return try Study(
      Trajectories(
        of: training, afterEpochs: epochs, on: episodes,
        count: own.trajectories(setting.form) / 2, seed: Int(seed))
    ).and(
      Study(
        Curvature(
          of: training, afterEpochs: epochs, on: episodes, count: own.curvatures / 2,
          seed: Int(seed)))
    ).map { Characterization($0, $1.map(\.spectralNorm)) }
  }

  /// The finetuning baseline under a setting: ordinary training on all training classes, then the
  /// setting's learner with a new head for every episode.
  package func finetuning(_ setting: Setting, seed: UInt64) throws -> Baseline {
    let (found, own) = try found(setting)
    let images = found.data(seed: seed)
    let learner = Self.learner(found.set, images, setting, own)
    var model = learner.model
    model.ways = images.train.classes.count
    let isOneShot = setting.form.shots == 1
    let pretraining = Pretraining(
      model: model, images: images.train,
      schedule: Schedule(
        epochs: own.epochs,
        iterationsPerEpoch: isOneShot ? own.baselineIterations : own.baselineIterations / 2,
        batch: isOneShot ? own.baselineBatch : 2 * own.baselineBatch,
        rate: .constant(own.outerRate)),
      seed: Int(seed))
    return Baseline(from: pretraining, learner: learner)
  }

  /// The finetuning baseline's trajectories.
  package func baselineTrajectories(
    _ setting: Setting, seed: UInt64
  ) throws -> Trajectories<Baseline, ClassificationEpisodes> {
    let own = try found(setting).1
    return Trajectories(
      of: try finetuning(setting, seed: seed), afterEpochs: Array(1...own.epochs),
      on: try episodes(setting, .test, seed: seed), count: own.trajectories(setting.form),
      seed: Int(seed))
  }

  /// The curvature at the finetuning baseline's solutions.
  package func baselineCurvature(
    _ setting: Setting, seed: UInt64
  ) throws -> Curvature<Baseline, ClassificationEpisodes> {
    let own = try found(setting).1
    return Curvature(
      of: try finetuning(setting, seed: seed), afterEpochs: Array(1...own.epochs),
      on: try episodes(setting, .test, seed: seed), count: own.curvatures, seed: Int(seed))
  }

  private static func learner(
    _ set: ImageSet, _ images: DataSet, _ setting: Setting, _ own: ImageSettings
  ) -> MAML<ConvolutionalNetwork> {
    var model = ConvolutionalNetwork(
      imageShape: images.imageShape, ways: setting.form.ways, filters: own.filters,
      downsampling: own.downsampling)
    if own.network == .finn {
      model.hasBias = true
      model.normalization = BatchNormalization(epsilon: 1e-3, hasScale: false)
      if set == .omniglot {
        model.headInput = .mean
        model.headInitializer = .normal(deviation: 1)
      }
    }
    var learner = MAML(
      model, rate: own.rate, steps: setting.steps ?? own.steps, order: setting.order)
    if own.network == .finn { learner.adapts = .except(["shift"]) }
    return learner
  }
}
