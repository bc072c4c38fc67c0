extension Layout {
  /// Folders of images, one for each class, directly in a folder or in its parts, such as
  /// `n01532829/*.jpg` or `train/apple/*.png` with `test/apple/*.png`: a class is all that lies
  /// under its name.
  static let classFolders = Layout { folder, set in
    let names = try set.lists.names()
    let wanted = Set(names)
    let places = try [folder] + parts.compactMap { try folder.folder($0) }
    // A part may be a link to another: what was seen is not seen twice.
    var seen: Set<FileIdentity> = []
    var folders: [String: [Folder]] = [:]
    for place in places {
      for candidate in try place.folders where wanted.contains(candidate.name) {
        folders[candidate.name, default: []].append(candidate)
      }
    }
    guard folders.count >= set.recognisedBy else { return nil }
    let classes = try names.compactMap { name -> ListedClass? in
      guard let folders = folders[name] else { return nil }
      let listings = try folders.map { try $0.listing() }
        .filter { $0.identity.map { seen.insert($0).inserted } ?? true }
      let images = listings.flatMap { $0.files.filter(\.isImage) }
      // A class of CIFAR-100 is called train, and so is a part, which holds folders instead.
      guard !images.isEmpty || !listings.allSatisfy({ !$0.folders.isEmpty }) else { return nil }
      guard !images.isEmpty else {
        throw DataError.missing(
          "An image (.jpg, .jpeg or .png)", place: folders[0].path,
          remedy: "unpack the data set again, or remove the folder")
      }
      return ListedClass(name: name, images: images.map { .file($0) })
    }
    guard classes.count >= set.recognisedBy else { return nil }
    return Inventory(
      set: set, path: folder.path,
      layout: folder.archive == nil ? "class folders" : "class folders, packed", classes: classes)
  }

  private static let parts = ["train", "val", "validation", "test", "base", "novel"]
}
