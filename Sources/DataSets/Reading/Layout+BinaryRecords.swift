extension Layout {
  /// `cifar-100-binary`: `train.bin`, `test.bin` and `fine_label_names.txt`.
  static let binaryRecords = Layout { folder, set in
    guard let train = try folder.file("train.bin") else { return nil }
    func file(_ name: String) throws -> DataFile {
      guard let file = try folder.file(name) else {
        throw DataError.missing(
          name, place: folder.path, remedy: "unpack cifar-100-binary.tar.gz again")
      }
      return file
    }
    let list = try file("fine_label_names.txt")
    guard let text = String(validating: try list.bytes(), as: UTF8.self) else {
      throw DataError.unreadable(
        file: list.path, reason: "it is not UTF-8",
        remedy: "Unpack cifar-100-binary.tar.gz again")
    }
    let labels = text.split(whereSeparator: \.isWhitespace).map(String.init)
    var places = [[ImagePlace]](repeating: [], count: labels.count)
    for file in [train, try file("test.bin")] {
      for (index, label) in try BinaryRecords(file.bytes(), path: file.path).labels.enumerated() {
        guard label < labels.count else {
          throw DataError.unreadable(
            file: file.path, reason: "it has a label \(label) without a name",
            remedy: "Use the unchanged cifar-100-binary archive")
        }
        places[label].append(.record(file, index))
      }
    }
    let found = Dictionary(zip(labels, places)) { $0 + $1 }
    return Inventory(
      set: set, path: folder.path, layout: "cifar-100-binary",
      classes: try set.lists.names().compactMap { name in
        found[name].flatMap { $0.isEmpty ? nil : ListedClass(name: name, images: $0) }
      },
      lists: [list.archiveOrPath])
  }
}
