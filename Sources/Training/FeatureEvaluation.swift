import Episodes
import Execution
import Experiments
import MetaLearners
import Networks
import Tensors

/// How well a head tells unseen classes apart by the features of a backbone that stays as it is.
///
/// Asks what an ``Evaluation`` of the ``FrozenBackbone`` asks, the same episodes in the same order.
/// But since features depend on nothing but the image, they are computed once for each image, not
/// once for each episode that it appears in.
public struct FeatureEvaluation<Training: BackboneTraining, Fit: Head>: Experiment {
  /// The backbone and the head.
  public var backbone: FrozenBackbone<Training, Fit>
  /// The epoch after which to look.
  public var epoch: Int
  /// The forms of episodes, all of the same images.
  public var episodes: [ClassificationEpisodes]
  /// How many episodes of each form to answer.
  public var count: Int
  /// What the episodes are drawn from.
  public var seed: Int

  /// The evaluation of a backbone after an epoch.
  public init(
    of backbone: FrozenBackbone<Training, Fit>, afterEpoch epoch: Int,
    on episodes: [ClassificationEpisodes], count: Int, seed: Int
  ) {
    precondition(!episodes.isEmpty && count > 0, "an evaluation needs an episode")
    precondition(
      episodes.allSatisfy { $0.images == episodes[0].images && $0.rotations == .none },
      "features are those of one set of images, none of them turned")
    self.backbone = backbone
    self.epoch = epoch
    self.episodes = episodes
    self.count = count
    self.seed = seed
  }

  /// `feature-evaluation`.
  public static var name: String { "feature-evaluation" }

  /// The features of all images, four bytes each.
  public var estimatedBytes: Int? {
    episodes[0].images.count * backbone.training.backbone.features
      * MemoryLayout<Float>.stride
  }

  /// For each form of episodes, the accuracy of every episode.
  public func run(_ context: RunContext) async throws -> [[Double]] {
    let trained = try await backbone.training.trained(afterEpoch: epoch, from: context.runs)
    let features = try features(of: episodes[0].images, trained)
    let generator = Generator(seed: seed).split("test")
    return try episodes.map { try accuracies(on: $0, features, generator) }
  }

  private static var imagesPerPass: Int { 64 }

  /// The features of all images of all classes, by the places that classes give their images.
  private func features(
    of images: LabelledImages, _ trained: TrainedBackbone
  ) throws -> FeatureTable {
    let net = backbone.training.backbone
    let shape = Shape([Self.imagesPerPass] + images.imageShape.extents)
    let program = Program(
      like: trained.weights, trained.statistics, ShapedArray.zeros(shape), fixing: 2
    ) { (weights: Parameters<Tensor>, statistics: Parameters<Tensor>, images: Tensor) in
      net.features(of: images, weights, statistics: statistics)
    }
    let arena = program.makeArena()
    var table = FeatureTable(images: images, features: net.features)
    let places = images.classes.flatMap { imageClass in
      imageClass.images.indices.map { (imageClass, $0 - imageClass.images.lowerBound) }
    }
    for first in stride(from: 0, to: places.count, by: Self.imagesPerPass) {
      try Task.checkCancellation()
      let some = places[first..<min(first + Self.imagesPerPass, places.count)]
      var pixels: [Float] = []
      pixels.reserveCapacity(shape.count)
      for (imageClass, index) in some {
        images.append(index, of: imageClass, turnedBy: 0, to: &pixels)
      }
      // The last pass is filled up with black.
      pixels += [Float](repeating: 0, count: shape.count - pixels.count)
      let found = program(
        trained.weights, trained.statistics, ShapedArray(pixels, shape: shape), in: arena,
        reusingFixed: first > 0)
      table.append(found.scalars.prefix(some.count * net.features))
    }
    return table
  }

  private func accuracies(
    on episodes: ClassificationEpisodes, _ features: FeatureTable, _ generator: Generator
  ) throws -> [Double] {
    let head = backbone.learner.head
    func episode(_ number: Int) -> Episode<ShapedArray> {
      var generator = generator.split("episodes", number)
      return features.episode(episodes.draw(using: &generator), of: episodes)
    }
    let program = Program(like: episode(0)) { (episode: Episode<Tensor>) in
      accuracy(
        head.scores(for: episode.query.inputs, after: episode.support), episode.query.targets)
    }
    let arena = program.makeArena()
    return try (0..<count).map { number in
      try Task.checkCancellation()
      return Double(program(episode(number), in: arena).scalar)
    }
  }
}

/// The features of the images of some classes, class after class.
private struct FeatureTable {
  let features: Int
  /// The row at which each class begins.
  let starts: [Int]
  private var scalars: [Float] = []

  init(images: LabelledImages, features: Int) {
    self.features = features
    starts = images.classes.indices.map { index in
      images.classes[..<index].reduce(0) { $0 + $1.images.count }
    }
    scalars.reserveCapacity(images.count * features)
  }

  mutating func append(_ rows: ArraySlice<Float>) { scalars += rows }

  /// An episode whose inputs are features instead of images.
  func episode(
    _ classes: [ClassificationEpisodes.DrawnClass], of form: ClassificationEpisodes
  ) -> Episode<ShapedArray> {
    func batch(_ places: Range<Int>) -> Batch<ShapedArray> {
      var inputs: [Float] = []
      inputs.reserveCapacity(classes.count * places.count * features)
      for drawn in classes {
        for drawing in drawn.drawings[places] {
          let row = (starts[drawn.index] + drawing) * features
          inputs += scalars[row..<row + features]
        }
      }
      return Batch(
        inputs: ShapedArray(inputs, shape: [classes.count * places.count, features]),
        targets: form.labels(perClass: places.count))
    }
    return Episode(
      support: batch(0..<form.shots), query: batch(form.shots..<form.shots + form.queries))
  }
}
