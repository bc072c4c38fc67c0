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

  /// The settings, first order before second.
  package private(set) var settings: [Setting] = []
  /// The data, classes to learn from and to judge with.
  package private(set) var data: [DataFingerprint] = []
  private var images: [String: SetImages] = [:]
  private let preset: Preset

  /// The experiments on some sets.
  ///
  /// - Throws: What is wrong with the data or the options, and what to do.
  package init(on sets: [ImageSet], _ options: FigureOptions, isOneForm: Bool = false) throws {
    preset = Preset.named(options.preset, within: options.budget)
    for set in options.sets(sets) {
      let own = preset.settings(for: set)
      let found = try options.images(of: set, side: own.side, split: preset.split) {
        set == .omniglot
          ? Glyphs(seed: $0).dataSet() : Scenes(side: own.side, seed: $0).dataSet()
      }
      images[found.title] = found
      data += found.fingerprints(
        seeds: options.seeds,
        named: "\(found.title) \(own.side)×\(own.side)"
          + (found.isPublished ? "" : ", stand-in for \(set.title)"))
      settings += Self.settings(of: found.title, own, isOneForm: isOneForm)
    }
  }

  /// The settings that claims are about, known before there are any data.
  ///
  /// - Parameter isOneForm: Whether only a preset's first form of episodes is wanted, not all.
  package static func settings(
    on sets: [ImageSet], _ scope: ClaimScope, isOneForm: Bool = false
  ) -> [Setting] {
    let preset = Preset.named(scope.preset, within: scope.budget)
    let options = FigureOptions(data: scope.data.map(DataChoice.init) ?? .standIns)
    return options.sets(sets).flatMap {
      settings(
        of: options.data == .standIns ? $0.standIn : $0.title, preset.settings(for: $0),
        isOneForm: isOneForm)
    }
  }

  private static func settings(
    of images: String, _ own: ImageSettings, isOneForm: Bool
  ) -> [Setting] {
    (isOneForm ? Array(own.forms.prefix(1)) : own.forms).flatMap { form in
      [Order.first, .second].map { Setting(images: images, form: form, order: $0) }
    }
  }

  private func episodes(
    _ setting: Setting, _ part: DataSet.Part, seed: UInt64
  ) throws -> ClassificationEpisodes {
    let (found, own) = try found(setting)
    return try ClassificationEpisodes(
      images: found.data(seed: seed)[part], ways: setting.form.ways, shots: setting.form.shots,
      queries: own.queries, rotations: found.set.rotations)
  }

  private func found(_ setting: Setting) throws -> (SetImages, ImageSettings) {
    guard let found = images[setting.images] else {
      throw FigureError.failed("\(setting.images) are no images of this figure")
    }
    return (found, preset.settings(for: found.set))
  }

  /// The meta-training with a seed.
  package func training(_ setting: Setting, seed: UInt64) throws -> Training {
    let (found, own) = try found(setting)
    return MetaTraining(
      learner: Self.learner(found.set, found.data(seed: seed), setting, own),
      episodes: try episodes(setting, .train, seed: seed),
      schedule: Schedule(
        epochs: own.epochs, iterationsPerEpoch: own.iterations,
        batch: setting.form.shots == 1 ? own.batch : own.batch / 2,
        rate: .constant(own.outerRate)),
      seed: Int(seed))
  }

  /// Coherence and accuracy after every epoch.
  package func trajectories(
    _ setting: Setting, seed: UInt64
  ) throws -> Trajectories<Training, ClassificationEpisodes> {
    let own = try found(setting).1
    return Trajectories(
      of: try training(setting, seed: seed), afterEpochs: Array(1...own.epochs),
      on: try episodes(setting, .test, seed: seed), count: own.trajectories, seed: Int(seed))
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
    var learner = MAML(model, rate: own.rate, steps: own.steps, order: setting.order)
    if own.network == .finn { learner.adapts = .except(["shift"]) }
    return learner
  }
}
