extension Layout {
  /// Omniglot's archives, packed or not: `images_background/<alphabet>/<character>/*.png`.
  static let characters = Layout { folder, set in
    var (classes, damaged) = ([ListedClass](), [String: DataError]())
    var forms: [String] = []
    for archive in Omniglot.Archive.allCases {
      guard let place = try folder.folder(archive.rawValue) else { continue }
      let form = place.archive == nil ? "folders" : "zips"
      if !forms.contains(form) { forms.append(form) }
      do {
        classes += try characters(of: archive, in: place.unwrapped())
      } catch let error as DataError {
        damaged[archive.rawValue] = error
      }
    }
    guard !forms.isEmpty else { return nil }
    return Inventory(
      set: set, path: folder.path, layout: forms.joined(separator: " and "),
      classes: classes, damaged: damaged)
  }

  private static func characters(
    of archive: Omniglot.Archive, in folder: Folder
  ) throws -> [ListedClass] {
    let characters = try folder.folders.flatMap { alphabet in
      try alphabet.folders.map { character in
        let images = try character.images
        guard !images.isEmpty else {
          throw DataError.missing(
            "A drawing of \(alphabet.name)/\(character.name)", place: character.path,
            remedy: "remove the folder if Omniglot has no such character, "
              + "or unpack \(archive.rawValue).zip again")
        }
        return ListedClass(
          name: "\(alphabet.name)/\(character.name)", group: alphabet.name,
          archive: archive.rawValue, images: images.map { .file($0) })
      }
    }
    guard !characters.isEmpty else {
      throw DataError.missing(
        "A drawing <alphabet>/<character>/*.png", place: folder.path,
        remedy: "unpack \(archive.rawValue).zip again")
    }
    return characters
  }
}

extension Inventory {
  /// The characters of a split alone, each once.
  ///
  /// - Throws: ``DataError`` that says which archive is missing or damaged, which character is
  ///   missing or unknown.
  func characters(of split: Omniglot.Split) throws -> Inventory {
    for archive in split.archives.map(\.rawValue) {
      if let error = damaged[archive] { throw error }
      guard classes.contains(where: { $0.archive == archive }) else {
        throw DataError.missing(
          "Omniglot's \(archive) (folder or \(archive).zip)", place: path,
          remedy: "fetch it from https://github.com/brendenlake/omniglot (folder python), "
            + "or name its folder with --data-root")
      }
    }
    var own = self
    var known: Set<String> = []
    own.classes = split.archives.flatMap { archive in
      classes.filter { $0.archive == archive.rawValue && known.insert($0.name).inserted }
    }
    let names = try Omniglot.names()
    let alphabets = Set(own.classes.map(\.group))
    let expected =
      split == .small
      ? names.filter { alphabets.contains(String($0.prefix { $0 != "/" })) } : names
    if let fault = own.fault(expecting: expected) { throw fault }
    try own.checkCount(of: split, official: Set(names))
    return own
  }

  private func checkCount(of split: Omniglot.Split, official: Set<String>) throws {
    let test = classes.count { Omniglot.smallTestAlphabets.contains($0.group) }
    let isRight =
      split == .small
      ? classes.count - test == 156 && test == 86 : classes.count == Omniglot.characters
    guard !isRight else { return }
    let unknown = classes.map(\.name).filter { !official.contains($0) }
    throw DataError.unreadable(
      file: path,
      reason: split == .small
        ? "it has \(classes.count - test) characters to train with and \(test) to test with, "
          + "where the small archives have 156 and 86"
        : "it has \(classes.count) characters where Omniglot has \(Omniglot.characters); "
          + "not among them: \(unknown.prefix(3).joined(separator: ", "))",
      remedy: unknown.isEmpty
        ? "Unpack the archives again" : "Remove what does not belong, or unpack the archives again")
  }

  /// The split to use where none was asked for: that of Finn et al., or where there is nothing of
  /// it but the two small archives, theirs.
  var likeliestSplit: Omniglot.Split {
    let present = Set(classes.map(\.archive)).union(damaged.keys)
    func isPresent(_ archive: Omniglot.Archive) -> Bool { present.contains(archive.rawValue) }
    let (whole, small) = (Omniglot.Split.finn(seed: 0), Omniglot.Split.small)
    if whole.archives.allSatisfy(isPresent) { return whole }
    if small.archives.allSatisfy(isPresent) { return small }
    return whole.archives.contains(where: isPresent) ? whole : small
  }
}
