/// The lists in `Data/splits` that divide the classes of a set to train, validate and test with.
struct ClassLists: Sendable {
  private let files: [DataSet.Part: String]

  init(_ train: String, _ validation: String, _ test: String) {
    files = [.train: train, .validation: validation, .test: test]
  }

  /// The names of a part's classes, as published.
  ///
  /// - Throws: ``DataError`` if the package's folder is not to be found.
  func names(of part: DataSet.Part) throws -> [String] { try SplitList.lines(file(of: part)) }

  /// All names, part after part.
  func names() throws -> [String] { try DataSet.Part.allCases.flatMap(names) }

  /// The name of a part's list.
  func file(of part: DataSet.Part) -> String { files[part] ?? "" }
}
