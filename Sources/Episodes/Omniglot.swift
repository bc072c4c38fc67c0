import Foundation
import Imaging
import Tensors

/// Omniglot: 1,623 characters of 50 alphabets, each drawn once by 20 people.
///
/// Reads the official archives `images_background`, `images_evaluation`,
/// `images_background_small1` and `images_background_small2`, as zips or as unpacked folders
/// `<archive>/<alphabet>/<character>/*.png`. Drawings are resized from 105×105 with the Lanczos
/// filter and inverted, so that ink is 1.
///
/// The files hold one bit per pixel. Pillow resizes such images by picking the nearest pixel,
/// whatever filter is asked for, unless they are converted to grey first; we resize grey values,
/// as torchvision's readers do.
///
/// - Reference: Lake, Salakhutdinov and Tenenbaum, "Human-level concept learning through
///   probabilistic program induction", Science 350, 2015. <https://github.com/brendenlake/omniglot>
public struct Omniglot: Codable, Hashable, Sendable {
  /// How the characters are divided.
  public enum Split: Codable, Hashable, Sendable {
    /// All characters shuffled with a seed: 1,100 to train, 100 to validate, 423 to test (Finn,
    /// Abbeel and Levine). Theirs was the order of a directory listing and cannot be restored.
    case finn(seed: Int)
    /// The lists of Vinyals et al. as published with prototypical networks: 1,028, 172 and 423
    /// characters, each as four classes turned by 0°, 90°, 180° and 270°.
    case vinyals
    /// From the two small archives: 156 characters of `small2` to train, the 86 characters of
    /// Balinese, Early Aramaic and Korean in `small1` to test.
    case small

    /// The name used in captions and on the command line.
    public var name: String {
      switch self {
      case .finn: "finn"
      case .vinyals: "vinyals"
      case .small: "small"
      }
    }
  }

  /// How the characters are divided.
  public var split: Split
  /// The side of the resized images in pixels.
  public var side: Int

  /// The side of the original drawings.
  static let originalSide = 105
  /// The alphabets of `small1` that `small2` does not hold.
  static let smallTestAlphabets: Set<String> = ["Balinese", "Early_Aramaic", "Korean"]

  /// Omniglot, divided as said.
  public init(split: Split, side: Int = 28) {
    self.split = split
    self.side = side
  }

  /// The images, read from a folder that holds the archives.
  ///
  /// In the folder `cache`, if given, prepared images are kept, to start faster the next time.
  ///
  /// - Throws: ``DataError`` or an image's own error, naming the file and the remedy.
  public func dataSet(in root: URL, cache: URL? = nil) throws -> DataSet {
    let archives = try
      (split == .small
      ? ["images_background_small2", "images_background_small1"]
      : ["images_background", "images_evaluation"])
      .map { try OmniglotArchive(name: $0, root: root) }
    let collection = try ImageCache(folder: cache)
      .collection("omniglot \(side) lanczos ink=1", from: archives.map(\.url)) {
        try prepared(archives)
      }
    return try DataSet(
      name: "omniglot/\(split.name)",
      preparation: "105→\(side) Lanczos, ink = 1"
        + (split == .vinyals ? ", four rotations as classes" : ""),
      images: collection.labelled("omniglot")
    ) { part in try classes(of: part, in: collection) }
  }

  private func classes(
    of part: DataSet.Part, in collection: ImageCollection
  ) throws -> [ImageClass] {
    switch (split, part) {
    case (.finn(let seed), _):
      var generator = Generator(seed: seed).split("omniglot.finn")
      let shuffled = generator.shuffled(collection.classes)
      guard shuffled.count == 1_623 else {
        throw DataError.missing(
          "\(1_623 - shuffled.count) of Omniglot's 1,623 characters",
          place: "images_background and images_evaluation",
          remedy: "fetch both archives again, or use the split small")
      }
      switch part {
      case .train: return Array(shuffled[..<1_100])
      case .validation: return Array(shuffled[1_100..<1_200])
      case .test: return Array(shuffled[1_200...])
      }
    case (.vinyals, _):
      let suffix = part == .validation ? "val" : part.rawValue
      let list = "omniglot_vinyals_" + suffix
      return try SplitList.lines(list).map { line in
        let pieces = line.split(separator: "/")
        guard pieces.count == 3, let degrees = Int(pieces[2].dropFirst(3)) else {
          throw DataError.unreadable(
            file: "Data/splits/\(list).txt", reason: "the line \(line) is no rotated character",
            remedy: "Restore the file from the repository")
        }
        let name = "\(pieces[0])/\(pieces[1])"
        let upright = try collection.classes(named: [name], listedIn: list)[0]
        return ImageClass(
          name: line, group: upright.group, images: upright.images, quarterTurns: degrees / 90)
      }
    case (.small, .validation): return []
    case (.small, _):
      let characters = collection.classes.filter {
        Omniglot.smallTestAlphabets.contains($0.group) == (part == .test)
      }
      let expected = part == .test ? 86 : 156
      guard characters.count == expected else {
        throw DataError.missing(
          "\(characters.count) characters in place of the \(expected) to \(part.rawValue) with",
          place: "images_background_small1 and images_background_small2",
          remedy: "fetch both archives again")
      }
      return characters
    }
  }

  /// All characters, each with its drawings resized and inverted.
  private func prepared(_ archives: [OmniglotArchive]) throws -> ImageCollection {
    var collection = ImageCollection(
      shape: [side, side, 1], expecting: split == .small ? 4_840 : 32_460)
    var known: Set<String> = []
    for archive in archives {
      // The small archives share alphabets, and with them drawings.
      for character in try archive.characters() where known.insert(character.name).inserted {
        collection.append(
          name: character.name, group: character.alphabet,
          images: character.drawings.map(prepared))
      }
    }
    return collection
  }

  /// Resized and inverted.
  private func prepared(_ drawing: Image) -> Image {
    var image = drawing.converted(toChannels: 1)
      .resized(width: side, height: side, filter: .lanczos)
    image.pixels = image.pixels.map { 255 - $0 }
    return image
  }
}
