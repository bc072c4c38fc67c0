import Episodes

/// Omniglot: 1,623 characters of 50 alphabets, each drawn once by 20 people.
///
/// The drawings hold one bit per pixel. Pillow resizes such images by picking the nearest pixel,
/// whatever filter is asked for, unless they are converted to grey first; we resize grey values,
/// as torchvision's readers do, and invert them, so that ink is 1.
public enum Omniglot {
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

    /// The archives that hold its characters; one that two hold counts as of the first.
    var archives: [Archive] {
      self == .small ? [.small2, .small1] : [.background, .evaluation]
    }
  }

  /// The archives that it is published as.
  enum Archive: String, CaseIterable {
    case background = "images_background"
    case evaluation = "images_evaluation"
    case small2 = "images_background_small2"
    case small1 = "images_background_small1"

    /// The MD5 of the authors' zip.
    var md5: String {
      switch self {
      case .background: "68d2efa1b9178cc56df9314c21c6e718"
      case .evaluation: "6b91aef0f799c5bb55b94e3f2daec811"
      case .small2: "b75a71a51d3b13f821f212756fe481fd"
      case .small1: "e704a628b5459e08445c13499850abc4"
      }
    }
  }

  /// The side of the original drawings.
  static let originalSide = 105
  /// The number of characters.
  static let characters = 1_623
  /// The alphabets of `small1` that `small2` does not hold.
  static let smallTestAlphabets: Set<String> = ["Balinese", "Early_Aramaic", "Korean"]

  /// The names of all characters, from the lists of Vinyals et al.
  static func names() throws -> [String] {
    var known: Set<String> = []
    return try ImageSet.omniglot.lists.names()
      .map { $0.split(separator: "/").prefix(2).joined(separator: "/") }
      .filter { known.insert($0).inserted }
  }

  /// The classes of a part.
  static func classes(
    of part: DataSet.Part, split: Split, among characters: [ImageClass]
  ) throws -> [ImageClass] {
    switch split {
    case .finn(let seed):
      var generator = Generator(seed: seed).split("omniglot.finn")
      let shuffled = generator.shuffled(characters)
      switch part {
      case .train: return Array(shuffled[..<1_100])
      case .validation: return Array(shuffled[1_100..<1_200])
      case .test: return Array(shuffled[1_200...])
      }
    case .vinyals:
      let known = Dictionary(characters.map { ($0.name, $0) }) { first, _ in first }
      let lists = ImageSet.omniglot.lists
      return try lists.names(of: part).map { line in
        let pieces = line.split(separator: "/")
        guard pieces.count == 3, let degrees = Int(pieces[2].dropFirst(3)),
          let upright = known["\(pieces[0])/\(pieces[1])"]
        else {
          throw DataError.unreadable(
            file: "Data/splits/\(lists.file(of: part)).txt",
            reason: "the line \(line) is no rotated character of Omniglot",
            remedy: "Restore the file from the repository")
        }
        return ImageClass(
          name: line, group: upright.group, images: upright.images, quarterTurns: degrees / 90)
      }
    case .small:
      guard part != .validation else { return [] }
      return characters.filter { smallTestAlphabets.contains($0.group) == (part == .test) }
    }
  }
}
