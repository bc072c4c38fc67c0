import DataSets
import Episodes

extension DataSet {
  /// Black images in the number and size of a world's, for plans of what would be computed on others;
  /// all classes share theirs.
  static func black(_ standIn: World.StandIn, side: Int) -> DataSet {
    let counts: [Part: Int] = [
      .train: standIn.trainClasses, .validation: standIn.validationClasses,
      .test: standIn.testClasses,
    ]
    func classes(_ part: Part) -> [ImageClass] {
      (0..<(counts[part] ?? 0)).map {
        ImageClass(name: "\(part.rawValue)/\($0)", group: "", images: 0..<standIn.pictures)
      }
    }
    let images = LabelledImages(
      name: "black", imageShape: [side, side, 3], classes: Part.allCases.flatMap(classes),
      pixels: [UInt8](repeating: 0, count: standIn.pictures * side * side * 3))
    return DataSet(name: "black", title: "black", images: images, split: classes)
  }
}
