import Episodes
import Tensors

/// Classes of generated images, part after part.
struct ProceduralClasses {
  /// The name of the generator.
  let name: String
  /// What captions call the images.
  let title: String
  /// All that decides about the pixels, the version of the generator included.
  let recipe: String
  let imageShape: Shape
  let imagesPerClass: Int
  let counts: [DataSet.Part: Int]

  /// The data set whose classes have the given names, groups and bytes; nothing is drawn yet.
  func dataSet(
    className: (DataSet.Part, Int) -> (name: String, group: String),
    images: @escaping @Sendable (DataSet.Part, Int) -> [UInt8]
  ) -> DataSet {
    var classes: [DataSet.Part: [ImageClass]] = [:]
    var first = 0
    for part in DataSet.Part.allCases {
      for index in 0..<(counts[part] ?? 0) {
        let label = className(part, index)
        classes[part, default: []].append(
          ImageClass(
            name: label.name, group: label.group, images: first..<first + imagesPerClass))
        first += imagesPerClass
      }
    }
    let (counts, size) = (counts, first * imageShape.count)
    let pixels = SharedPixels.pixels(of: recipe) {
      var pixels: [UInt8] = []
      pixels.reserveCapacity(size)
      for part in DataSet.Part.allCases {
        for index in 0..<(counts[part] ?? 0) { pixels += images(part, index) }
      }
      return PixelsInMemory(pixels)
    }
    return DataSet(
      name: name, title: title, isProcedural: true,
      images: LabelledImages(
        name: name, imageShape: imageShape,
        classes: DataSet.Part.allCases.flatMap { classes[$0] ?? [] }, contents: recipe,
        pixels: pixels)
    ) { classes[$0] ?? [] }
  }

  /// The generator of a seed of data: that of the series itself for seed 0, which came first.
  static func generator(series: Int, seed: Int) -> Generator {
    let own = Generator(seed: series)
    return seed == 0 ? own : own.split("data seed", seed)
  }
}
