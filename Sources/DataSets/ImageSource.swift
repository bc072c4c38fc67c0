import Episodes
import Foundation

/// Where images come from: a published set in a folder, or a stand-in drawn by a recipe.
///
/// It is a value; making one touches nothing. Equal sources give equal images.
public enum ImageSource: Hashable, Sendable {
  /// A published set at a size, somewhere below a folder.
  ///
  /// Unless told otherwise Omniglot is divided as Finn et al. did, or where the folder holds nothing
  /// but the two small archives, as they suggest.
  case published(ImageSet, side: Int, below: URL, split: Omniglot.Split? = nil)
  /// Invented characters, for Omniglot.
  case glyphs(Glyphs)
  /// Invented things in places, for mini-ImageNet and CIFAR-FS.
  case scenes(Scenes)
  /// Invented birds, for CUB-200.
  case birds(Birds)

  /// Whether the images are drawn rather than read.
  public var isProcedural: Bool {
    if case .published = self { false } else { true }
  }

  /// The images as handles: classes, counts, shape and fingerprint are known, pixels come when the
  /// first is asked for.
  ///
  /// Published files are decoded once, into the cache, and afterwards only looked at from outside.
  ///
  /// - Throws: ``DataError`` or an image's own error, naming the file and the remedy.
  public func dataSet(cache: ImageCache = .user) throws -> DataSet {
    switch self {
    case .glyphs(let glyphs): glyphs.dataSet()
    case .scenes(let scenes): scenes.dataSet()
    case .birds(let birds): birds.dataSet()
    case .published(let set, let side, let folder, let split):
      try Self.published(
        set, cache.images(of: set, split: split, side: side, below: folder), split)
    }
  }

  private static func published(
    _ set: ImageSet, _ cached: CachedImages, _ split: Omniglot.Split?
  ) throws -> DataSet {
    let facts = cached.facts
    let split = split ?? (facts.isSmall ? .small : .finn(seed: 0))
    let name = set == .omniglot ? "\(set.name)/\(split.name)" : set.name
    let known = Dictionary(facts.classes.map { ($0.name, $0) }) { first, _ in first }
    return try DataSet(
      name: name, title: facts.title,
      images: LabelledImages(
        name: name, imageShape: facts.shape, classes: facts.classes, contents: facts.sha256,
        pixels: cached.pixels)
    ) { part in
      guard set != .omniglot else {
        return try Omniglot.classes(of: part, split: split, among: facts.classes)
      }
      return try set.lists.names(of: part).map { name in
        guard let found = known[name] else {
          throw DataError.missing(
            "Class \(name) of Data/splits/\(set.lists.file(of: part)).txt", place: facts.title,
            remedy: "restore the list from the repository")
        }
        return found
      }
    }
  }
}
