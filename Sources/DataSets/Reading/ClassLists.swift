/// The published division of a data set into classes to train, validate and test with.
struct ClassList {
  let name: String
  let classes: [DataSet.Part: [String]]

  /// The lists `<name>_train`, `<name>_val` and `<name>_test` of `Data/splits`.
  init(_ name: String) throws {
    self.name = name
    classes = [
      .train: try SplitList.lines(name + "_train"),
      .validation: try SplitList.lines(name + "_val"),
      .test: try SplitList.lines(name + "_test"),
    ]
  }

  subscript(part: DataSet.Part) -> [String] { classes[part] ?? [] }

  /// All names, part after part.
  var all: [String] { DataSet.Part.allCases.flatMap { self[$0] } }

  /// The data set of a collection that holds all these classes.
  func dataSet(_ collection: ImageCollection, preparation: String) throws -> DataSet {
    try DataSet(
      name: name, preparation: preparation, images: collection.labelled(name)
    ) { try collection.classes(named: self[$0], listedIn: "Data/splits/\(name)_*.txt") }
  }
}
