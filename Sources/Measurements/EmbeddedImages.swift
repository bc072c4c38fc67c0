import Algorithms
import Episodes
import Execution
import Experiments
import Networks
import Tensors
import Training

/// The features that a trained backbone makes of all images of a set, each computed once.
struct EmbeddedImages: Sendable {
  /// One row for each image, class after class.
  let features: ShapedArray
  private let firstRows: [String: Int]

  /// Features that were computed before, of these images.
  init(_ features: ShapedArray, of images: LabelledImages) {
    self.features = features
    var (firstRows, next) = ([String: Int](), 0)
    for imageClass in images.classes {
      firstRows[imageClass.name] = next
      next += imageClass.images.count
    }
    precondition(features.shape[0] == next, "there is not one row of features for each image")
    self.firstRows = firstRows
  }

  /// An episode with features for images: the one that the source would have drawn.
  func episode(
    _ index: Int, of generator: Generator, from source: ClassificationEpisodes
  ) -> Episode<ShapedArray> {
    var generator = generator.split("episodes", index)
    var (support, query) = ([Float](), [Float]())
    for drawn in source.drawnClasses(using: &generator) {
      let first = firstRows[drawn.imageClass.name] ?? 0
      for index in drawn.support { support += row(first + index) }
      for index in drawn.query { query += row(first + index) }
    }
    return source.episode(support: support, query: query, shape: [features.shape[1]])
  }

  private func row(_ index: Int) -> ArraySlice<Float> {
    let width = features.shape[1]
    return features.scalars[index * width..<(index + 1) * width]
  }
}

extension FeatureMaking {
  /// The features of all images of a set after an epoch, class after class; trains if need be.
  public func features(
    ofAll images: LabelledImages, afterEpoch epoch: Int, from runs: RunStore
  ) async throws -> ShapedArray {
    let parameters = try await featureParameters(afterEpoch: epoch, from: runs)
    return try await features(ofAll: images, by: parameters, workers: runs.workers)
  }

  /// The features of all images of a set, class after class.
  func features(
    ofAll images: LabelledImages, by parameters: Parameters<ShapedArray>, workers: Int
  ) async throws -> ShapedArray {
    let places = images.classes.flatMap { imageClass in
      (0..<imageClass.images.count).map { (imageClass, $0) }
    }
    let size = min(Self.imagesPerPass, places.count)
    // The last batch is filled up with images that others have computed.
    let starts = stride(from: 0, to: places.count, by: size).map { min($0, places.count - size) }
    @Sendable func batch(_ start: Int) -> ShapedArray {
      var pixels: [Float] = []
      for (imageClass, index) in places[start..<start + size] {
        images.append(index, of: imageClass, turnedBy: 0, to: &pixels)
      }
      return ShapedArray(pixels, shape: Shape([size] + images.imageShape.extents))
    }
    let program = Program(like: parameters, batch(0)) {
      (parameters: Parameters<Tensor>, images: Tensor) in features(of: images, parameters)
    }
    try checkMemory([program.plan], workers: workers)
    var scalars: [Float] = []
    let (count, portion) = (min(workers, starts.count), 4 * workers)
    try await withWorkers(
      count, context: { program.makeArena() },
      work: { arena, start in program(parameters, batch(start), in: arena) }
    ) { (workers: Workers<Arena, Int, ShapedArray>) in
      // A few passes at a time, since all features twice may be more than the memory holds.
      for own in starts.chunks(ofCount: portion) {
        for (start, part) in zip(own, try await workers.map(Array(own))) {
          let width = part.shape[1]
          if scalars.isEmpty { scalars.reserveCapacity(places.count * width) }
          scalars += part.scalars[((scalars.count / width - start) * width)...]
        }
      }
    }
    return ShapedArray(scalars, shape: [places.count, scalars.count / places.count])
  }

  private static var imagesPerPass: Int { 50 }
}
