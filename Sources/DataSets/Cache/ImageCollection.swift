import Imaging
import Tensors

/// Images of one shape, gathered class by class while files are read.
struct ImageCollection {
  let shape: Shape
  private(set) var classes: [ImageClass] = []
  private(set) var pixels: [UInt8] = []

  /// An empty collection that will hold about so many images.
  init(shape: Shape, expecting count: Int) {
    self.shape = shape
    pixels.reserveCapacity(count * shape.count)
  }

  /// A collection gathered before.
  init(shape: Shape, classes: [ImageClass], pixels: [UInt8]) {
    self.shape = shape
    self.classes = classes
    self.pixels = pixels
  }

  /// Adds a class, its images resized (Lanczos) to the collection's shape where they differ.
  mutating func append(name: String, group: String, images: [Image]) {
    let first = pixels.count / shape.count
    for image in images {
      let channels = image.converted(toChannels: shape[2])
      let resized =
        channels.height == shape[0] && channels.width == shape[1]
        ? channels : channels.resized(width: shape[1], height: shape[0], filter: .lanczos)
      pixels += resized.pixels
    }
    classes.append(
      ImageClass(name: name, group: group, images: first..<first + images.count))
  }

  func labelled(_ name: String) -> LabelledImages {
    LabelledImages(name: name, imageShape: shape, classes: classes, pixels: pixels)
  }

  /// The classes of the given names, in that order.
  func classes(named names: [String], listedIn list: String) throws -> [ImageClass] {
    let known = Dictionary(classes.map { ($0.name, $0) }) { first, _ in first }
    return try names.map { name in
      guard let found = known[name] else {
        throw DataError.missing(
          "class \(name) of \(list)", place: "the data",
          remedy: "complete the data set, or choose a split of the classes that are there")
      }
      return found
    }
  }
}
