import Tensors

/// Features that are left out at random while training; the others grow to make up for it.
public enum Dropout: Codable, Hashable, Sendable {
  /// Each number is zero with the given rate r, and divided by 1 − r otherwise.
  case elements(rate: Double)
  /// DropBlock: squares of some side vanish from each channel of each image.
  ///
  /// The rate grows from zero to the given one over so many passes. With it, squares begin at each
  /// of the (s − b + 1)² places of a map of side s with the probability
  /// γ = r/b² · s²/(s − b + 1)²; what is left is multiplied by (all numbers)/(numbers left).
  ///
  /// - Reference: Ghiasi, Lin and Le, "DropBlock: A Regularization Method for Convolutional
  ///   Networks", 2018, in the form of Lee et al.'s code of MetaOptNet.
  ///   <https://arxiv.org/abs/1810.12890>
  case blocks(rate: Double, side: Int, passes: Int)

  /// The factors for images `[n, height, width, channels]` after so many training passes.
  func mask(
    _ shape: Shape, afterPasses passes: Int, using generator: inout some RandomNumberGenerator
  ) -> ShapedArray {
    var draw = NumberSource(generator)
    defer { generator = draw.generator }
    switch self {
    case .elements(let rate):
      let kept = Float(1 / (1 - rate))
      return ShapedArray((0..<shape.count).map { _ in draw.happens(rate) ? 0 : kept }, shape: shape)
    case .blocks(let rate, let side, let growth):
      let now = rate * min(1, Double(passes) / Double(growth))
      return Self.blockMask(shape, rate: now, side: side, using: &draw)
    }
  }

  private static func blockMask<Words>(
    _ shape: Shape, rate: Double, side: Int, using draw: inout NumberSource<Words>
  ) -> ShapedArray {
    let (images, height, width, channels) = (shape[0], shape[1], shape[2], shape[3])
    precondition(
      side <= height && side <= width, "no block of side \(side) fits into maps of \(shape)")
    let (rows, columns) = (height - side + 1, width - side + 1)
    let probability =
      rate / Double(side * side) * Double(height * width) / Double(rows * columns)
    var mask = ShapedArray(repeating: 1, shape: shape)
    for image in 0..<images {
      for place in 0..<rows * columns * channels where draw.happens(probability) {
        let (row, rest) = place.quotientAndRemainder(dividingBy: columns * channels)
        let (column, channel) = rest.quotientAndRemainder(dividingBy: channels)
        for y in row..<row + side {
          for x in column..<column + side {
            mask.scalars[((image * height + y) * width + x) * channels + channel] = 0
          }
        }
      }
    }
    let left = mask.scalars.reduce(0, +)
    // Where everything vanished, there is nothing to make up for.
    let factor = left == 0 ? 0 : Float(shape.count) / left
    for index in mask.scalars.indices { mask.scalars[index] *= factor }
    return mask
  }
}
