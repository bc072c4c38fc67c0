import Imaging
import Tensors

/// How the images of a set are made alike: one size, by the Lanczos filter where theirs differs, one
/// number of channels, and ink 1 on paper 0.
struct ImagePreparation: Sendable {
  /// The extents of an image: `[height, width, channels]`.
  let shape: Shape
  private let isDrawing: Bool

  init(of set: ImageSet, side: Int) {
    shape = [side, side, set.channels]
    isDrawing = set == .omniglot
  }

  /// The bytes of an image.
  ///
  /// - Throws: ``DataError`` if it is a drawing of another size than the original ones.
  func callAsFunction(_ image: Image, named name: String) throws -> [UInt8] {
    let original = Omniglot.originalSide
    guard !isDrawing || (image.width == original && image.height == original) else {
      throw DataError.wrongSize(
        file: name, found: "\(image.width)×\(image.height)", expected: "\(original)×\(original)")
    }
    let channels = image.converted(toChannels: shape[2])
    let resized =
      channels.height == shape[0] && channels.width == shape[1]
      ? channels : channels.resized(width: shape[1], height: shape[0], filter: .lanczos)
    return isDrawing ? resized.pixels.map { 255 - $0 } : resized.pixels
  }
}
