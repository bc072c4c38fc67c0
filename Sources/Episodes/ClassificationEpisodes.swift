import Tensors

/// Whether an episode turns its classes by multiples of 90°.
public enum Rotations: String, Codable, Sendable {
  /// Images as they are.
  case none
  /// Every class of every episode is turned by 0°, 90°, 180° or 270°, all its images alike.
  case perClass = "perEpisode"
}

/// Episodes that ask to tell a few classes apart, given a few images of each.
///
/// Every episode draws `ways` classes, and of every class `shots` images for the support and
/// `queries` others for the query. Images come sorted by class; labels are one-hot, in the order
/// in which the classes were drawn. With `rotations: .perClass` a class is turned anew in every
/// episode, in support and query alike, as in the code of Finn, Abbeel and Levine
/// (<https://github.com/cbfinn/maml>), which the papers on Omniglot follow.
public struct ClassificationEpisodes: EpisodeSource, Equatable {
  /// Where classes and images are drawn from.
  public let images: LabelledImages
  /// The number of classes in an episode.
  public let ways: Int
  /// The number of support images of each class.
  public let shots: Int
  /// The number of query images of each class.
  public let queries: Int
  /// Whether classes are turned.
  public let rotations: Rotations

  /// Episodes of the given form.
  ///
  /// - Throws: ``EpisodeError`` naming the set or the class that is too small for them.
  public init(
    images: LabelledImages, ways: Int, shots: Int, queries: Int, rotations: Rotations
  ) throws {
    precondition(
      ways > 0 && shots > 0 && queries > 0, "ways, shots and queries are positive numbers")
    precondition(
      rotations == .none || images.imageShape[0] == images.imageShape[1],
      "only square images turn, not \(images.imageShape)")
    guard images.classes.count >= ways else {
      throw EpisodeError.tooFewClasses(
        set: images.name, found: images.classes.count, ways: ways)
    }
    if let small = images.classes.first(where: { $0.images.count < shots + queries }) {
      throw EpisodeError.tooFewDrawings(
        className: small.name, group: small.group, found: small.images.count, shots: shots,
        queries: queries)
    }
    self.images = images
    self.ways = ways
    self.shots = shots
    self.queries = queries
    self.rotations = rotations
  }

  /// An episode, drawn with the given generator alone.
  public func episode(using generator: inout Generator) -> Episode<ShapedArray> {
    var support: [Float] = []
    var query: [Float] = []
    support.reserveCapacity(ways * shots * images.imageShape.count)
    query.reserveCapacity(ways * queries * images.imageShape.count)
    for drawn in drawnClasses(using: &generator) {
      for index in drawn.support {
        images.append(
          index, of: drawn.imageClass, turnedBy: drawn.quarterTurns, to: &support)
      }
      for index in drawn.query {
        images.append(index, of: drawn.imageClass, turnedBy: drawn.quarterTurns, to: &query)
      }
    }
    return episode(support: support, query: query, shape: images.imageShape)
  }

  /// A class of an episode, and which of its images.
  package struct DrawnClass {
    package var imageClass: ImageClass
    package var quarterTurns: Int
    package var support: ArraySlice<Int>
    package var query: ArraySlice<Int>
  }

  /// What an episode consists of, drawn with the given generator alone.
  package func drawnClasses(using generator: inout Generator) -> [DrawnClass] {
    generator.choose(ways, from: images.classes).map { imageClass in
      let quarters = rotations == .perClass ? generator.index(below: 4) : 0
      let drawings = generator.choose(shots + queries, below: imageClass.images.count)
      return DrawnClass(
        imageClass: imageClass, quarterTurns: quarters, support: drawings[..<shots],
        query: drawings[shots...])
    }
  }

  /// The episode whose inputs, each of the given shape, lie one after another.
  package func episode(
    support: [Float], query: [Float], shape: Shape
  ) -> Episode<ShapedArray> {
    func batch(_ scalars: [Float], perClass count: Int) -> Batch<ShapedArray> {
      var labels = [Float](repeating: 0, count: ways * count * ways)
      for image in 0..<ways * count { labels[image * ways + image / count] = 1 }
      return Batch(
        inputs: ShapedArray(scalars, shape: Shape([ways * count] + shape.extents)),
        targets: ShapedArray(labels, shape: [ways * count, ways]))
    }
    return Episode(
      support: batch(support, perClass: shots), query: batch(query, perClass: queries))
  }
}
