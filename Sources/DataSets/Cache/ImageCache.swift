import Crypto
import Episodes
import Foundation
import Tensors

/// A folder in which prepared images are kept, so that files are decoded once and planning reads
/// none.
///
/// An entry belongs to a set, a size and a folder of the user's, and holds as long as the files
/// there keep their names, sizes and dates. It is a convenience: where the folder cannot be written,
/// or an entry is damaged, images are decoded into memory as if there were no cache, which costs
/// time and changes nothing.
public struct ImageCache: Hashable, Sendable {
  /// Where entries lie; nil keeps none.
  public let folder: URL?
  /// The name of a question that several processes are asked together, if this is one of them: for all
  /// of them files are looked at once.
  let question: String?

  /// The variable in which a process finds the name of the question that it is asked with others.
  public static let questionVariable = "REFIGURE_QUESTION"

  /// A cache in a folder, made when it is needed.
  public init(
    in folder: URL?,
    question: String? = ProcessInfo.processInfo.environment[ImageCache.questionVariable]
  ) {
    self.folder = folder
    self.question = question
  }

  /// The one in the user's folder for such things: `$XDG_CACHE_HOME/refigure`, `~/.cache/refigure`.
  public static let user = ImageCache(
    in: FileManager.default.urls(for: .cachesDirectory, in: .userDomainMask).first?
      .appending(path: "refigure", directoryHint: .isDirectory))

  /// The images of a set below a folder, from the entry for them if nothing has changed since.
  ///
  /// - Throws: ``DataError`` or an image's own error, naming the file and the remedy.
  func images(
    of set: ImageSet, split: Omniglot.Split?, side: Int, below root: URL
  ) throws -> CachedImages {
    let root = root.standardizedFileURL.path
    let purpose = "\(set.name) \(split.map { $0 == .small ? "small" : "whole" } ?? "any") \(side)"
    let name = SHA256.hash(data: Array("\(purpose) \(root)".utf8)).hexadecimal.prefix(32)
    let entry = folder?.appending(path: "images-\(name)").path
    if let entry, let file = PixelFile(entry), let facts = CachedImages.Facts(endOf: file),
      isCurrent(facts.watch)
    {
      return CachedImages.checked(facts, in: file) {
        // Damaged: decoded again, and not kept, since others may be reading.
        try Self.decoded(set, split, side, below: root, into: nil)
      }
    }
    return try Self.decoded(set, split, side, below: root, into: entry).shared
  }

  private func isCurrent(_ watch: Watch) -> Bool {
    guard let question, let folder else { return watch.isUnchanged }
    let note = folder.appending(path: "seen-\(watch.facts.prefix(32))")
    if FileManager.default.contents(atPath: note.path) == Data(question.utf8) { return true }
    guard watch.isUnchanged else { return false }
    // Where it cannot be written, each process looks for itself.
    try? Data(question.utf8).write(to: note, options: .atomic)
    return true
  }

  private static func decoded(
    _ set: ImageSet, _ split: Omniglot.Split?, _ side: Int, below root: String, into entry: String?
  ) throws -> CachedImages {
    let trail = Trail()
    let usable = try ImageSearch(below: root, trail: trail).usable(set, split: split)
    // Before decoding: what changes meanwhile has changed.
    let watch = try Watch(usable.inventory, trail)
    let images = ImageCollection(
      inventory: usable.inventory, preparation: ImagePreparation(of: set, side: side))
    func facts(_ sha256: String) -> CachedImages.Facts {
      CachedImages.Facts(
        shape: images.preparation.shape, classes: images.classes, title: usable.inventory.title,
        isSmall: usable.split == .small, sha256: sha256, watch: watch)
    }
    do {
      if let entry {
        let writer = try EntryWriter(entry)
        try images.decode(writer.append)
        let facts = facts(writer.sha256)
        if let file = PixelFile(try writer.finish(facts)) {
          return CachedImages(facts: facts, pixels: file)
        }
      }
    } catch is EntryWriter.Failure {
      // The cache is full or closed: the same is done in memory.
    }
    var pixels: [UInt8] = []
    pixels.reserveCapacity(
      images.preparation.shape.count * usable.inventory.classes.reduce(0) { $0 + $1.images.count })
    try images.decode { pixels += $0 }
    return CachedImages(
      facts: facts(SHA256.hash(data: pixels).hexadecimal), pixels: PixelsInMemory(pixels))
  }
}
