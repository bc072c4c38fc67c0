import Episodes
import Landscape
import MetaLearners
import Networks
import Training

/// MAML of one order on one form of episodes: what the paper runs with several seeds.
public struct Setting: Sendable {
  /// A meta-training of the paper.
  public typealias Run = MetaTraining<MAML<ConvolutionalNetwork>, ClassificationEpisodes>

  /// The images.
  public let data: ImageData
  /// Ways and shots.
  public let form: ImageSettings.Form
  /// MAML or first-order MAML.
  public let order: Order
  private let settings: ImageSettings
  private let train: ClassificationEpisodes
  private let test: ClassificationEpisodes

  /// A setting on some data.
  ///
  /// - Throws: ``DataError`` if there are too few classes or drawings for it.
  init(
    _ data: ImageData, _ images: DataSet, _ form: ImageSettings.Form, _ order: Order,
    _ settings: ImageSettings
  ) throws {
    func episodes(of part: LabelledImages) throws -> ClassificationEpisodes {
      try ClassificationEpisodes(
        images: part, ways: form.ways, shots: form.shots, queries: settings.queries,
        rotations: data.set.rotations)
    }
    self.data = data
    self.form = form
    self.order = order
    self.settings = settings
    train = try episodes(of: images.train)
    test = try episodes(of: images.test)
  }

  /// `Omniglot 5-way 1-shot`.
  public var title: String { "\(data.title) \(form.ways)-way \(form.shots)-shot" }

  /// The epochs after which everything is measured.
  public var epochs: [Int] { Array(1...settings.epochs) }

  /// The meta-training with a seed.
  public func training(seed: UInt64) -> Run {
    MetaTraining(
      learner: learner, episodes: train,
      schedule: Schedule(
        epochs: settings.epochs, iterationsPerEpoch: settings.iterations,
        batch: form.shots == 1 ? settings.batch : settings.batch / 2,
        rate: .constant(settings.outerRate)),
      seed: Int(seed))
  }

  /// Coherence and accuracy after every epoch.
  public func trajectories(seed: UInt64) -> Trajectories<Run, ClassificationEpisodes> {
    Trajectories(
      of: training(seed: seed), afterEpochs: epochs, on: test, count: settings.trajectories,
      seed: Int(seed))
  }

  /// The curvature after every epoch.
  public func curvature(seed: UInt64) -> Curvature<Run, ClassificationEpisodes> {
    Curvature(
      of: training(seed: seed), afterEpochs: epochs, on: test, count: settings.curvatures,
      seed: Int(seed))
  }

  private var learner: MAML<ConvolutionalNetwork> {
    var model = ConvolutionalNetwork(
      imageShape: train.images.imageShape, ways: form.ways, filters: settings.filters,
      downsampling: settings.downsampling)
    if settings.network == .finn {
      model.hasBias = true
      model.normalization = BatchNormalization(epsilon: 1e-3, hasScale: false)
      if data.set == .omniglot {
        model.headInput = .mean
        model.headInitializer = .normal(deviation: 1)
      }
    }
    var learner = MAML(model, rate: settings.rate, steps: settings.steps, order: order)
    if settings.network == .finn { learner.adapts = .except(["shift"]) }
    return learner
  }
}

extension Order {
  /// `first order`, `second order`.
  public var title: String { self == .first ? "first order" : "second order" }
}
