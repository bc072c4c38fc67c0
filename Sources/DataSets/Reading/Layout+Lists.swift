extension Layout {
  /// Ravi and Larochelle's lists `train.csv`, `val.csv`, `test.csv` of file names and classes, with
  /// the files in `images`.
  static let lists = Layout { folder, set in
    let lists = try ["train.csv", "val.csv", "test.csv"].map { ($0, try folder.file($0)) }
    guard lists.contains(where: { $0.1 != nil }), let images = try folder.folder("images") else {
      return nil
    }
    if let absent = lists.first(where: { $0.1 == nil }) {
      throw DataError.missing(
        absent.0, place: folder.path,
        remedy: "the lists are in https://github.com/twitter/meta-learning-lstm")
    }
    let files = try Dictionary(images.files.map { ($0.name, $0) }) { first, _ in first }
    let names = try set.lists.names()
    let wanted = Set(names)
    var found: [String: [ImagePlace]] = [:]
    var lines: [String: String] = [:]
    for case (_, let list?) in lists {
      for row in try CommaSeparated(list).rows {
        let place = "\(list.path), line \(row.line)"
        func wrong(_ reason: String) -> DataError {
          .unreadable(file: place, reason: reason, remedy: "Use the lists of Ravi and Larochelle")
        }
        guard row.fields.count == 2 else {
          throw wrong("it has \(row.fields.count) fields in place of `filename,label`")
        }
        let (name, label) = (row.fields[0], row.fields[1])
        guard wanted.contains(label) else { throw wrong("\(label) is no class of \(set.title)") }
        guard let file = files[name] else {
          throw DataError.missing(
            "\(name), which \(place) names,", place: images.path,
            remedy: "complete the folder, or use the lists that belong to it")
        }
        if let other = lines.updateValue(place, forKey: name) {
          throw wrong("\(name) is named a second time, after \(other)")
        }
        found[label, default: []].append(.file(file))
      }
    }
    return Inventory(
      set: set, path: folder.path, layout: "lists and images",
      classes: names.compactMap { name in
        found[name].map { ListedClass(name: name, images: $0) }
      },
      lists: lists.compactMap { $0.1?.path })
  }
}
