import CommonSetup
import DataSets
import Episodes
import Experiments
import Goldblum2020Setup
import Reproduction

/// The extractors of Table 1 on mini-ImageNet, each fitted to episodes by several algorithms.
struct FinetuningExperiments: Sendable {
  /// The data, the classes that choose settings among them.
  let data: [DataFingerprint]
  private let trained: ExtractorExperiments
  private let choosing: SetImages
  private static let set = ImageSet.miniImageNet
  /// The sets that `--data` may name.
  static let sets = [set.name]

  /// The experiments under a user's options.
  ///
  /// - Throws: What is wrong with the data, and what to do.
  init(_ options: FigureOptions) throws {
    let trained = try ExtractorExperiments(options, on: [Self.set])
    let choosing = try trained.world.choosingImages(of: Self.set, options)
    data =
      trained.data
      + choosing.fingerprints(
        seeds: options.seeds, includingValidation: true,
        named: trained.data[0].name)
    (self.trained, self.choosing) = (trained, choosing)
  }

  /// What stands for mini-ImageNet.
  var images: [SetImages] { trained.found }

  /// The meta-learned extractors and the classical ones of the same networks.
  var extractors: [Extractor] {
    trained.extractors.filter { $0.routine.isMetaLearned || $0.routine == .classical }
  }

  /// The accuracy of an extractor by an algorithm.
  func accuracy(
    of extractor: Extractor, by algorithm: FinetuningAlgorithm, seed: UInt64
  ) throws -> FinetunedAccuracy {
    try FinetunedAccuracy(
      of: trained.run(extractor, seed: seed).tested, by: algorithm,
      choosing: ClassificationEpisodes(
        images: choosing.data(seed: seed).validation, ways: World.ways, shots: 1,
        queries: World.testQueries, rotations: .none), count: trained.world.settingEpisodes)
  }
}
