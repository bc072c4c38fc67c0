import Tensors

/// Classes of generated images, part after part.
struct ProceduralClasses {
  let name: String
  let preparation: String
  let imageShape: Shape
  let imagesPerClass: Int
  let counts: [DataSet.Part: Int]

  /// The data set whose classes have the given names, groups and bytes.
  func dataSet(
    className: (DataSet.Part, Int) -> (name: String, group: String),
    images: (DataSet.Part, Int) -> [UInt8]
  ) -> DataSet {
    var pixels: [UInt8] = []
    pixels.reserveCapacity(counts.values.reduce(0, +) * imagesPerClass * imageShape.count)
    var classes: [DataSet.Part: [ImageClass]] = [:]
    var first = 0
    for part in DataSet.Part.allCases {
      for index in 0..<(counts[part] ?? 0) {
        let label = className(part, index)
        classes[part, default: []].append(
          ImageClass(
            name: label.name, group: label.group, images: first..<first + imagesPerClass))
        pixels += images(part, index)
        first += imagesPerClass
      }
    }
    let all = LabelledImages(
      name: name, imageShape: imageShape,
      classes: DataSet.Part.allCases.flatMap { classes[$0] ?? [] }, pixels: pixels)
    return DataSet(name: name, preparation: preparation, isProcedural: true, images: all) {
      classes[$0] ?? []
    }
  }
}
