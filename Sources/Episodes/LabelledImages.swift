import Crypto
import Tensors

/// A class of a data set: a range of its images, all turned alike.
public struct ImageClass: Hashable, Codable, Sendable {
  /// The name, unique within its data set, such as `Greek/character01`.
  public let name: String
  /// The larger group that it belongs to, such as an alphabet; may be empty.
  public let group: String
  /// The indices of its images.
  package let images: Range<Int>
  /// How often its images are turned by 90° counter-clockwise before they are used.
  package let quarterTurns: Int

  package init(name: String, group: String, images: Range<Int>, quarterTurns: Int = 0) {
    self.name = name
    self.group = group
    self.images = images
    self.quarterTurns = quarterTurns
  }
}

/// Images of equal size, sorted by class.
///
/// Pixels are stored as bytes, as they come from files, and read as numbers in [0, 1]. Subsets
/// share the memory of the whole.
public struct LabelledImages: Sendable {
  /// The name of the data set and of the part that this is, such as `glyphs/train`.
  public let name: String
  /// The extents of one image: `[height, width, channels]`.
  public let imageShape: Shape
  /// The classes, in a fixed order.
  public let classes: [ImageClass]
  /// The SHA-256, in hexadecimal, of shape, classes and pixels.
  public let digest: String
  private let pixels: [UInt8]
  private let pixelDigest: String

  /// Images laid one after another, and the classes that divide them.
  package init(name: String, imageShape: Shape, classes: [ImageClass], pixels: [UInt8]) {
    precondition(imageShape.rank == 3, "images are [height, width, channels], not \(imageShape)")
    precondition(
      pixels.count % imageShape.count == 0
        && classes.allSatisfy { $0.images.upperBound * imageShape.count <= pixels.count },
      "\(pixels.count) bytes do not hold the images of \(name)")
    self.init(
      name: name, imageShape: imageShape, classes: classes, pixels: pixels,
      pixelDigest: SHA256.hash(data: pixels).hexadecimal)
  }

  private init(
    name: String, imageShape: Shape, classes: [ImageClass], pixels: [UInt8], pixelDigest: String
  ) {
    self.name = name
    self.imageShape = imageShape
    self.classes = classes
    self.pixels = pixels
    self.pixelDigest = pixelDigest
    let lines = classes.map { "\($0.name) \($0.images) \($0.quarterTurns)" }
    let contents = (["\(imageShape)", pixelDigest] + lines).joined(separator: "\n")
    digest = SHA256.hash(data: Array(contents.utf8)).hexadecimal
  }

  /// A part of the classes, sharing the pixels.
  package func subset(_ classes: [ImageClass], name: String) -> LabelledImages {
    LabelledImages(
      name: name, imageShape: imageShape, classes: classes, pixels: pixels,
      pixelDigest: pixelDigest)
  }

  /// The number of images of all classes.
  public var count: Int { classes.reduce(0) { $0 + $1.images.count } }

  /// One image of a class, as `[height, width, channels]` in [0, 1].
  public func image(_ index: Int, of imageClass: ImageClass) -> ShapedArray {
    var scalars: [Float] = []
    append(index, of: imageClass, turnedBy: 0, to: &scalars)
    return ShapedArray(scalars, shape: imageShape)
  }

  /// Appends an image's numbers, turned by more quarters than the class says.
  package func append(
    _ index: Int, of imageClass: ImageClass, turnedBy quarters: Int, to scalars: inout [Float]
  ) {
    let start = (imageClass.images.lowerBound + index) * imageShape.count
    let order = PixelOrder(shape: imageShape, quarterTurns: imageClass.quarterTurns + quarters)
    for row in 0..<imageShape[0] {
      for column in 0..<imageShape[1] {
        let place = start + order.offset(row, column)
        for channel in 0..<imageShape[2] { scalars.append(Float(pixels[place + channel]) / 255) }
      }
    }
  }
}

/// Where the pixels of a turned image lie in the original.
private struct PixelOrder {
  let start: Int
  let rowStride: Int
  let columnStride: Int

  init(shape: Shape, quarterTurns: Int) {
    let (height, width, channels) = (shape[0], shape[1], shape[2])
    let row = width * channels
    switch quarterTurns & 3 {
    case 0: (start, rowStride, columnStride) = (0, row, channels)
    case 1: (start, rowStride, columnStride) = ((width - 1) * channels, -channels, row)
    case 2: (start, rowStride, columnStride) = ((height * width - 1) * channels, -row, -channels)
    default: (start, rowStride, columnStride) = ((height - 1) * row, channels, -row)
    }
  }

  func offset(_ row: Int, _ column: Int) -> Int { start + row * rowStride + column * columnStride }
}

extension LabelledImages: Equatable {
  /// Whether names and contents are equal.
  public static func == (a: LabelledImages, b: LabelledImages) -> Bool {
    a.name == b.name && a.digest == b.digest
  }
}

extension LabelledImages: Encodable {
  private enum CodingKeys: String, CodingKey { case name, classes, images, digest }

  /// Writes name, counts and digest: enough to tell two sets apart, not to restore them.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(classes.count, forKey: .classes)
    try container.encode(count, forKey: .images)
    try container.encode(digest, forKey: .digest)
  }
}

extension SHA256Digest {
  /// The digest in lower-case hexadecimal.
  package var hexadecimal: String {
    let digits = Array("0123456789abcdef")
    return String(flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }
}
