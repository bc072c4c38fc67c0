import DataSets
import Episodes
import Experiments
import Measurements
import Networks
import Statistics

/// How alike the features of two extractors are on unseen classes: linear CKA.
///
/// - Reference: Goldblum et al., "Unraveling Meta-Learning", ICML 2020, Table 4.
package struct ExtractorSimilarity: Experiment {
  private let first: RunKey
  private let second: RunKey
  private let images: LabelledImages
  private let runs: [ExtractorRun]

  /// The similarity of two extractors on so many images of each test class.
  package init(
    of first: ExtractorRun, and second: ExtractorRun, on data: DataSet, imagesPerClass: Int
  ) throws {
    (self.first, self.second) = (first.training, second.training)
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

  package static var name: String { "extractor-similarity" }

  package var foundations: [any Experiment] { runs.map(\.chosen) }

  package func run(_ context: RunContext) async throws -> Double {
    var found: [Representation] = []
    for run in runs {
      let features = try await run.features.features(
        ofAll: images, afterEpoch: run.epoch(context.runs), from: context.runs)
      found.append(Representation(features.scalars, features: features.shape[1]))
    }
    return LinearCKA.similarity(found[0], found[1])
  }
}
