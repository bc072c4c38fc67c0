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

/// Images of equal size, sorted by class: a handle that knows all about them but their pixels.
///
/// Pixels are stored as bytes, as they come from files, and read as numbers in [0, 1]. They are
/// fetched when the first image is asked for; copies and subsets share them.
public struct LabelledImages: Sendable {
  /// The name of the data set and of the part that this is, such as `glyphs/train`.
  public let name: String
  /// The extents of one image: `[height, width, channels]`.
  public let imageShape: Shape
  /// The classes, in a fixed order.
  public let classes: [ImageClass]
  /// What the pixels are: the SHA-256 of their bytes, or the recipe by which they are drawn.
  public let contents: String
  /// The SHA-256, in hexadecimal, of shape, classes and ``contents``: what tells two sets apart.
  public let fingerprint: String
  private let pixels: any PixelSource

  /// Images laid one after another, and the classes that divide them.
  package init(name: String, imageShape: Shape, classes: [ImageClass], pixels: [UInt8]) {
    precondition(
      pixels.count % imageShape.count == 0
        && classes.allSatisfy { $0.images.upperBound * imageShape.count <= pixels.count },
      "\(pixels.count) bytes do not hold the images of \(name)")
    self.init(
      name: name, imageShape: imageShape, classes: classes,
      contents: SHA256.hash(data: pixels).hexadecimal, pixels: PixelsInMemory(pixels))
  }

  /// Images whose pixels are fetched when they are needed.
  package init(
    name: String, imageShape: Shape, classes: [ImageClass], contents: String,
    pixels: any PixelSource
  ) {
    precondition(imageShape.rank == 3, "images are [height, width, channels], not \(imageShape)")
    self.name = name
    self.imageShape = imageShape
    self.classes = classes
    self.contents = contents
    self.pixels = pixels
    fingerprint = Self.digest(imageShape, classes, contents)
  }

  private static func digest(
    _ imageShape: Shape, _ classes: [ImageClass], _ contents: String
  ) -> String {
    let lines = classes.map { "\($0.name) \($0.images) \($0.quarterTurns)" }
    let text = (["\(imageShape)", contents] + lines).joined(separator: "\n")
    return SHA256.hash(data: Array(text.utf8)).hexadecimal
  }

  /// A part of the classes, sharing the pixels.
  package func subset(_ classes: [ImageClass], name: String) -> LabelledImages {
    LabelledImages(
      name: name, imageShape: imageShape, classes: classes, contents: contents, pixels: pixels)
  }

  /// The fingerprint that the pixels themselves give, whatever recipe they were drawn by: all of
  /// them are looked at.
  package func digestOfPixels(imagesInAll count: Int) -> String {
    var hash = SHA256()
    for index in 0..<count {
      pixels.withImage(index, size: imageShape.count) { hash.update(bufferPointer: .init($0)) }
    }
    return Self.digest(imageShape, classes, hash.finalize().hexadecimal)
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
    let order = PixelOrder(shape: imageShape, quarterTurns: imageClass.quarterTurns + quarters)
    pixels.withImage(imageClass.images.lowerBound + index, size: imageShape.count) { pixels in
      for row in 0..<imageShape[0] {
        for column in 0..<imageShape[1] {
          let place = order.offset(row, column)
          for channel in 0..<imageShape[2] { scalars.append(Float(pixels[place + channel]) / 255) }
        }
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
    a.name == b.name && a.fingerprint == b.fingerprint
  }
}

extension LabelledImages: Encodable {
  private enum CodingKeys: String, CodingKey { case name, classes, images, fingerprint }

  /// Writes name, counts and fingerprint: enough to tell two sets apart, not to restore them.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(classes.count, forKey: .classes)
    try container.encode(count, forKey: .images)
    try container.encode(fingerprint, forKey: .fingerprint)
  }
}

extension SHA256Digest {
  /// The digest in lower-case hexadecimal.
  package var hexadecimal: String {
    let digits = Array("0123456789abcdef")
    return String(flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }
}
