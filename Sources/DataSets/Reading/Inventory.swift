import Foundation

/// What a place on disk holds of a set: the images of every class, none of them decoded yet.
///
/// The doctor tells it and the reader reads it, so that both speak of the same.
struct Inventory {
  let set: ImageSet
  /// Where it lies.
  let path: String
  /// How it is laid out, in words.
  let layout: String
  /// The classes that were found, of those that the set's lists name.
  var classes: [ListedClass]
  /// Files that were read to find them, beside the images.
  var lists: [String] = []
  /// The archives that cannot be used, where others may do.
  var damaged: [String: DataError] = [:]
}

/// A class with its images.
struct ListedClass {
  let name: String
  var group = ""
  /// The archive that it was published in, where that matters.
  var archive = ""
  var images: [ImagePlace]
}

/// Where an image is.
enum ImagePlace {
  /// A PNG or JPEG.
  case file(DataFile)
  /// One of the records of a file.
  case record(DataFile, Int)

  var file: DataFile {
    switch self {
    case .file(let file), .record(let file, _): file
    }
  }
}

// MARK: What is wrong with it

extension Inventory {
  /// The first thing for which these classes cannot be used.
  ///
  /// - Parameter names: The classes that should be there.
  /// - Returns: What is wrong and what to do; nil if nothing is.
  func fault(expecting names: [String]) -> DataError? {
    let known = Set(classes.map(\.name))
    let missing = names.filter { !known.contains($0) }
    if let first = missing.first {
      return .missing(
        missing.count == 1
          ? "Class \(first) of \(set.title)"
          : "\(missing.count) of \(names.count) classes of \(set.title), the first \(first),",
        place: path, remedy: "complete the data set")
    }
    return emptyImages ?? twiceNamedImage ?? classes.lazy.compactMap(tooManyImages).first
  }

  private var emptyImages: DataError? {
    let images = classes.flatMap { $0.images.map(\.file) }
    let empty = images.filter { $0.size == 0 }
    guard let first = empty.first else { return nil }
    return .unreadable(
      file: path,
      reason: "\(empty.count) of \(images.count) images are empty, the first \(first.path)",
      remedy: "Copy or unpack the data again")
  }

  private var twiceNamedImage: DataError? {
    var known: [FileIdentity: String] = [:]
    for imageClass in classes {
      for case .file(let file) in imageClass.images {
        guard let identity = file.identity else { continue }
        if let other = known.updateValue(file.path, forKey: identity) {
          return .unreadable(
            file: file.path, reason: "it is the same file as \(other)",
            remedy: "An episode could learn from a picture and be asked for it: "
              + "remove one of the two")
        }
      }
    }
    return nil
  }

  private func tooManyImages(_ imageClass: ListedClass) -> DataError? {
    guard let most = set.imagesPerClass, imageClass.images.count > most else { return nil }
    let folders = Set(
      imageClass.images.map { ($0.file.path as NSString).deletingLastPathComponent })
    return .unreadable(
      file: path,
      reason: "class \(imageClass.name) has \(imageClass.images.count) images where \(most) "
        + "were published, in \(folders.sorted().joined(separator: " and "))",
      remedy: "Remove the copies, or name another folder")
  }

  /// How captions call what is here: the title alone if it is as published, else how much of it.
  var title: String {
    let counts = classes.map(\.images.count)
    let (fewest, most) = (counts.min() ?? 0, counts.max() ?? 0)
    if let all = set.imagesPerClass {
      if fewest == all { return set.title }
      let found = fewest == most ? "\(most)" : "\(fewest) to \(most)"
      return "\(set.title), \(found) of \(all) images a class"
    }
    let total = counts.reduce(0, +)
    guard let edition = set.editions.first(where: { total <= $0.images }) ?? set.editions.last
    else { return set.title }
    return total == edition.images
      ? edition.title : "\(edition.title), \(total) of \(edition.images) images"
  }

  /// Whether nothing is missing of what was published.
  var isWhole: Bool { title == set.title || set.editions.contains { $0.title == title } }
}
