import CommonSetup
import DataSets
import Episodes
import Experiments
import Measurements
import MetaLearners
import Networks
import Reproduction
import Training

/// Conv-4 on mini-ImageNet, trained in several ways under a user's options.
package struct Conv4Experiments: Sendable {
  package typealias MetaLearned = MetaTraining<MAML<ConvolutionalNetwork>, ClassificationEpisodes>
  package typealias Classical = ClassicalTraining<ConvolutionalBackbone>
  package typealias Prototypical = EpisodicTraining<
    ConvolutionalBackbone, Prototypes, AugmentedEpisodes<ClassificationEpisodes>
  >

  package let world: Conv4World
  /// The data.
  package let data: [DataFingerprint]
  /// What stands for mini-ImageNet.
  package let images: SetImages
  private static let set = ImageSet.miniImageNet
  /// The sets that `--data` may name.
  package static let sets = [set.name]

  /// The experiments under a user's options.
  ///
  /// - Throws: What is wrong with the data, and what to do.
  package init(_ options: FigureOptions) throws {
    let world = Conv4World.of(options.budget)
    let (own, side) = (world.extractors, world.extractors.sides[Self.set])
    images = try options.images(of: Self.set, side: side) {
      own.standIn.scenes(series: Self.set.seriesOfScenes, side: side, seed: $0)
    }
    data = images.fingerprints(
      seeds: options.seeds,
      named: images.isPublished
        ? images.description : "scenes \(side)×\(side) for \(Self.set.title)")
    self.world = world
  }

  private var own: World { world.extractors }

  /// The images of a seed.
  package func images(seed: UInt64) -> DataSet { images.data(seed: seed) }

  /// MAML with so many shots.
  package func maml(shots: Int, seed: UInt64) throws -> MetaLearned {
    let settings = world.maml
    return try MetaTraining(
      learner: MAML(
        network(filters: settings.filters, seed: seed), rate: settings.rate,
        steps: settings.steps),
      episodes: episodes(of: images(seed: seed).train, shots: shots, queries: settings.queries),
      schedule: Schedule(
        epochs: settings.epochs, iterationsPerEpoch: settings.iterations,
        batch: shots == 1 ? settings.batch : settings.batch / 2,
        rate: .constant(settings.outerRate), gradientBound: 10),
      seed: Int(clamping: seed))
  }

  func network(filters: Int, seed: UInt64) -> ConvolutionalNetwork {
    var network = ConvolutionalNetwork(
      imageShape: images(seed: seed).imageShape, ways: World.ways, filters: filters,
      downsampling: .pooling(side: 2))
    network.filterInitializer = .heNormalByOutputs
    return network
  }

  /// MAML's answers after its training.
  package func accuracy(
    of training: MetaLearned, shots: Int
  ) throws -> Evaluation<MetaLearned, ClassificationEpisodes> {
    Evaluation(
      of: training, afterEpochs: [training.schedule.epochs],
      on: try testEpisodes(shots: shots, seed: UInt64(training.seed)),
      count: own.testEpisodes, seed: training.seed)
  }

  /// Episodes of the test classes.
  package func testEpisodes(shots: Int, seed: UInt64) throws -> ClassificationEpisodes {
    try episodes(of: images(seed: seed).test, shots: shots, queries: World.testQueries)
  }

  func episodes(
    of images: LabelledImages, shots: Int, queries: Int
  ) throws -> ClassificationEpisodes {
    try ClassificationEpisodes(
      images: images, ways: World.ways, shots: shots, queries: queries, rotations: .none)
  }

  /// The network of MAML as the body of a classifier of all training classes.
  package func classicalBesideMAML(seed: UInt64) throws -> Classical {
    try classical(filters: world.maml.filters, scaling: nil, seed: seed)
  }

  /// The network of ProtoNet likewise.
  package func classicalBesideProtoNet(seed: UInt64) throws -> Classical {
    try classical(filters: world.prototypeFilters, scaling: Self.set.scaling, seed: seed)
  }

  private func backbone(
    filters: Int, scaling: ChannelScaling?, seed: UInt64
  ) -> ConvolutionalBackbone {
    ConvolutionalBackbone(
      imageShape: images(seed: seed).imageShape, filters: filters, scaling: scaling)
  }

  func classical(
    filters: Int, scaling: ChannelScaling?, seed: UInt64
  ) throws -> Classical {
    let settings = own.classical
    let batches = try pairs(augmentation: own.augmentation(Self.set), seed: seed)
    return ClassicalTraining(
      of: backbone(filters: filters, scaling: scaling, seed: seed), on: batches,
      epochs: settings.epochs,
      rate: .pieces(settings.rates, last: settings.lastRate, updates: batches.batchesPerEpoch),
      seed: Int(clamping: seed))
  }

  /// ProtoNet with the shots of the extractors' meta-training.
  package func protoNet(seed: UInt64) throws -> Prototypical {
    let settings = own.episodic
    return try EpisodicTraining(
      of: .protoNet(
        backbone(filters: world.prototypeFilters, scaling: Self.set.scaling, seed: seed)),
      on: AugmentedEpisodes(
        episodes(
          of: images(seed: seed).train, shots: settings.shots[Self.set],
          queries: settings.queries), by: own.augmentation(Self.set)),
      episodesPerPass: settings.episodesPerPass[Self.set],
      schedule: Schedule(
        epochs: settings.epochs, iterationsPerEpoch: settings.stepsPerEpoch,
        batch: settings.episodesPerStep,
        rate: .pieces(settings.rates, last: settings.lastRate, updates: settings.stepsPerEpoch)),
      seed: Int(clamping: seed))
  }

  /// The answers of the nearest mean on the features of a backbone after its training.
  package func accuracy<Run: BackboneTraining>(
    of training: Run, shots: Int
  ) throws -> HeadEvaluation<Run, Prototypes> {
    HeadEvaluation(
      of: FrozenBackbone(of: training, with: Prototypes()),
      afterEpochs: [training.schedule.epochs],
      on: try testEpisodes(shots: shots, seed: UInt64(training.seed)),
      count: own.testEpisodes, seed: training.seed)
  }

  /// R_FC and R_HV of features on the training classes: those of one pass over their images.
  package func separation<Start: FeatureMaking>(
    of start: Start, afterEpoch epoch: Int, seed: UInt64
  ) throws -> SeparationMeasurement<Start> {
    SeparationMeasurement(
      of: start, afterEpoch: epoch, on: try pairs(augmentation: nil, seed: seed),
      seed: Int(clamping: seed))
  }

  private func pairs(augmentation: Augmentation?, seed: UInt64) throws -> ClassPairs {
    try ClassPairs(
      of: images(seed: seed).train, pairsPerBatch: own.classical.pairs, augmentation: augmentation)
  }
}
