import DataSets
import Episodes
import Experiments
import Goldblum2020Setup
import Measurements
import Networks
import Statistics

/// How alike the features of two extractors are on unseen classes: linear CKA.
///
/// - Reference: Goldblum et al., "Unraveling Meta-Learning", ICML 2020, Table 4.
struct ExtractorSimilarity: Experiment {
  private let first: RunKey
  private let second: RunKey
  private let images: LabelledImages
  private let runs: [ExtractorRun]

  /// The similarity of two extractors on so many images of each test class.
  init(
    of first: ExtractorRun, and second: ExtractorRun, on data: DataSet, imagesPerClass: Int
  ) throws {
    (self.first, self.second) = (try first.tested.key, try second.tested.key)
    runs = [first, second]
    let test = data.test
    images = test.subset(
      test.classes.map { own in
        ImageClass(
          name: own.name, group: own.group, images: own.images.prefix(imagesPerClass),
          quarterTurns: own.quarterTurns)
      }, name: test.name)
  }

  private enum CodingKeys: String, CodingKey { case first, second, images }

  static var name: String { "extractor-similarity" }

  var foundations: [any Experiment] { runs.map(\.tested.chosen) }

  func run(_ context: RunContext) async throws -> Double {
    var found: [Representation] = []
    for run in runs {
      found.append(try await run.tested.representation(of: images, from: context.runs))
    }
    return LinearCKA.similarity(found[0], found[1])
  }
}

extension TestedBackbone {
  /// What the judged epoch makes of images.
  fileprivate func representation(
    of images: LabelledImages, from runs: RunStore
  ) async throws -> Representation {
    let features = try await BackboneFeatures(of: training).features(
      ofAll: images, afterEpoch: chosenEpoch(runs), from: runs)
    return Representation(features.scalars, features: features.shape[1])
  }
}
