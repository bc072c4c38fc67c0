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
  package let data: [DataFingerprint]
  /// What stands for mini-ImageNet.
  package let images: SetImages
  /// The same where settings are chosen.
  let choosing: SetImages
  static let set = ImageSet.miniImageNet
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
    choosing = try own.choosingImages(of: Self.set, options)
    data = images.fingerprints(
      seeds: options.seeds,
      named: images.isPublished
        ? images.description : "scenes \(side)×\(side) for \(Self.set.title)")
    self.world = world
  }

  var own: World { world.extractors }

  /// The data where settings are chosen.
  package func dataToChoose(_ seeds: [UInt64]) -> [DataFingerprint] {
    choosing.fingerprints(seeds: seeds, includingValidation: true, named: data[0].name)
  }

  package func images(seed: UInt64) -> DataSet { images.data(seed: seed) }

  package func maml(shots: Int, seed: UInt64) throws -> MetaLearned {
    let settings = world.maml
    return try MetaTraining(
      learner: MAML(
        network(filters: settings.filters, seed: seed), rate: settings.rate, steps: settings.steps),
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

  package func testEpisodes(shots: Int, seed: UInt64) throws -> ClassificationEpisodes {
    try episodes(of: images(seed: seed).test, shots: shots, queries: World.testQueries)
  }

  func episodes(
    of images: LabelledImages, shots: Int, queries: Int
  ) throws -> ClassificationEpisodes {
    try ClassificationEpisodes(
      images: images, ways: World.ways, shots: shots, queries: queries, rotations: .none)
  }
}
