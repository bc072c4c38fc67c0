import DataSets
import Episodes
import Experiments
import Measurements
import Networks
import Statistics

/// How far three unseen classes lie apart in the plane of their two linear discriminants, for many
/// triples of classes.
///
/// One half of the images of a triple chooses the plane, and the other half is looked at in it.
struct DiscriminantPlanes<Start: FeatureMaking>: Experiment {
  /// What makes features.
  var start: Start
  var epoch: Int
  /// The classes, none of them trained on.
  var images: LabelledImages
  /// The images of each class, or all if it has fewer.
  var imagesPerClass: Int
  var triples: Int
  var shrinkage: Double
  /// What classes and images are drawn from.
  var seed: Int

  struct Outcome: Codable, Sendable {
    /// The variance ratio of each triple in its plane.
    var ratios: [Double]
    /// The images looked at in the first plane, class by class.
    var firstPlane: [[[Double]]]
  }

  static var name: String { "discriminant-planes" }

  var foundations: [any Experiment] { [start.training] }

  func run(_ context: RunContext) async throws -> Outcome {
    let features = try await start.features(ofAll: images, afterEpoch: epoch, from: context.runs)
    let rows = Rows(features.scalars.map { Double($0) }, width: features.shape[1], images)
    var outcome = Outcome(ratios: [], firstPlane: [])
    for number in 0..<triples {
      try Task.checkCancellation()
      var generator = Generator(seed: seed).split("triples", number)
      let halves = generator.choose(3, below: images.classes.count).map { label in
        let size = images.classes[label].images.count
        let drawn = generator.choose(min(imagesPerClass, size), below: size)
        let own = drawn.map { rows[label, $0] }
        return (own.prefix(own.count / 2), own.dropFirst(own.count / 2))
      }
      let plane = LinearDiscriminants(of: halves.map { Array($0.0) }, shrinkage: shrinkage)
      let seen = halves.map { $0.1.map(plane.projection) }
      outcome.ratios.append(varianceRatio(of: seen))
      if number == 0 { outcome.firstPlane = seen }
    }
    return outcome
  }

  /// The features of images by class and number.
  private struct Rows {
    let scalars: [Double]
    let width: Int
    private var firsts: [Int] = []

    init(_ scalars: [Double], width: Int, _ images: LabelledImages) {
      (self.scalars, self.width) = (scalars, width)
      var next = 0
      for imageClass in images.classes {
        firsts.append(next)
        next += imageClass.images.count
      }
    }

    subscript(label: Int, number: Int) -> [Double] {
      let start = (firsts[label] + number) * width
      return Array(scalars[start..<start + width])
    }
  }
}
