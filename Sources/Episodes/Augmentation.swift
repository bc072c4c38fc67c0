import Tensors

/// What happens to training images at random, so that no two passes see the same ones.
///
/// As in the code of MetaOptNet: the image is surrounded by black and cut at a random place to its
/// own size; brightness, contrast and saturation change in random order, each by a factor within
/// 1 ± jitter; half of the images are mirrored. Colours stay numbers in [0, 1]: they are not
/// rounded to bytes between the steps.
public struct Augmentation: Codable, Hashable, Sendable {
  /// The rows and columns of black around the image: 8 for mini-ImageNet, 4 for CIFAR-FS.
  public var padding: Int
  /// The largest change of a colour factor: 0.4 for both.
  public var jitter: Double
  /// Whether images are mirrored.
  public var mirrors: Bool

  /// The random changes of MetaOptNet, with CIFAR-FS's padding unless told otherwise.
  public init(padding: Int = 4, jitter: Double = 0.4, mirrors: Bool = true) {
    precondition(padding >= 0 && 0...1 ~= jitter, "there is no such augmentation")
    self.padding = padding
    self.jitter = jitter
    self.mirrors = mirrors
  }

  /// Images `[n, height, width, channels]`, each changed in its own way.
  public func callAsFunction(
    _ images: ShapedArray, using generator: inout Generator
  ) -> ShapedArray {
    var scalars: [Float] = []
    scalars.reserveCapacity(images.scalars.count)
    let shape = Shape(Array(images.shape.extents.dropFirst()))
    for start in stride(from: 0, to: images.scalars.count, by: shape.count) {
      var image = cut(images.scalars[start..<start + shape.count], shape, using: &generator)
      if jitter > 0 && shape[2] == 3 { recolour(&image, using: &generator) }
      if mirrors && generator.chance(0.5) { mirror(&image, shape) }
      scalars += image
    }
    return ShapedArray(scalars, shape: images.shape)
  }

  private func cut(
    _ image: ArraySlice<Float>, _ shape: Shape, using generator: inout Generator
  ) -> [Float] {
    guard padding > 0 else { return Array(image) }
    let (height, width, channels) = (shape[0], shape[1], shape[2])
    let down = generator.index(below: 2 * padding + 1) - padding
    let right = generator.index(below: 2 * padding + 1) - padding
    var result = [Float](repeating: 0, count: image.count)
    let columns = max(0, -right)..<min(width, width - right)
    for row in max(0, -down)..<min(height, height - down) where !columns.isEmpty {
      let source = image.startIndex + ((row + down) * width + columns.lowerBound + right) * channels
      let target = (row * width + columns.lowerBound) * channels
      for offset in 0..<columns.count * channels {
        result[target + offset] = image[source + offset]
      }
    }
    return result
  }

  private func recolour(_ image: inout [Float], using generator: inout Generator) {
    for change in generator.shuffled(ColourChange.allCases) {
      let factor = Float(generator.uniform(in: 1 - jitter...1 + jitter))
      change.apply(factor, to: &image)
    }
  }

  private func mirror(_ image: inout [Float], _ shape: Shape) {
    let (height, width, channels) = (shape[0], shape[1], shape[2])
    for row in 0..<height {
      for column in 0..<width / 2 {
        for channel in 0..<channels {
          image.swapAt(
            (row * width + column) * channels + channel,
            (row * width + width - 1 - column) * channels + channel)
        }
      }
    }
  }
}

/// x ↦ g + f · (x − g), cut to [0, 1], towards or away from something grey.
private enum ColourChange: CaseIterable {
  /// g is black.
  case brightness
  /// g is the image's mean grey.
  case contrast
  /// g is each pixel's grey.
  case saturation

  func apply(_ factor: Float, to image: inout [Float]) {
    let pixels = image.count / 3
    var grey: Float = 0
    if self == .contrast {
      for pixel in 0..<pixels { grey += Self.grey(image, pixel) }
      grey /= Float(pixels)
    }
    for pixel in 0..<pixels {
      if self == .saturation { grey = Self.grey(image, pixel) }
      for place in 3 * pixel..<3 * pixel + 3 {
        image[place] = min(max(grey + factor * (image[place] - grey), 0), 1)
      }
    }
  }

  /// The brightness of a pixel, by the weights of ITU-R 601.
  private static func grey(_ image: [Float], _ pixel: Int) -> Float {
    0.299 * image[3 * pixel] + 0.587 * image[3 * pixel + 1] + 0.114 * image[3 * pixel + 2]
  }
}
