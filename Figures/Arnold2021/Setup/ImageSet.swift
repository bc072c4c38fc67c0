import Episodes
import Experiments
import Foundation
import Reproduction

/// One of the three data sets of the paper, real or as its embedded stand-in.
public enum ImageSet: String, CaseIterable, Codable, Sendable {
  /// Characters, 28 × 28.
  case omniglot
  /// Small photographs, 32 × 32.
  case cifarFS
  /// Photographs, 84 × 84; 32 × 32 for linear models.
  case miniImageNet

  /// The name in tables, which is that of the paper's values.
  public var title: String {
    switch self {
    case .omniglot: "Omniglot"
    case .cifarFS: "CIFAR-FS"
    case .miniImageNet: "mini-ImageNet"
    }
  }

  /// The index of its column in Tables D.5–D.7.
  var index: Int {
    switch self {
    case .omniglot: 0
    case .cifarFS: 1
    case .miniImageNet: 2
    }
  }

  var rotations: Rotations { self == .omniglot ? .perEpisode : .none }

  /// What `--data` may name.
  public static let choices = ["embedded", "omniglot", "real"]

  /// Whether the published images are to be used, rather than the stand-in.
  func isReal(_ choice: String?) -> Bool {
    switch choice {
    case "real": true
    case "omniglot": self == .omniglot
    default: false
    }
  }

  /// The images at a size: drawn now, or read from a folder.
  ///
  /// Where two photographic sets are embedded, they are scenes of two seeds. `omniglot` reads the
  /// data root itself; `real` reads `omniglot`, `cifar-fs` and `mini-imagenet` below it.
  ///
  /// - Throws: What is missing or broken, with the file and the remedy.
  func load(_ options: FigureOptions, side: Int) throws -> DataSet {
    guard isReal(options.data) else {
      if options.dataRoot != nil && options.data == nil {
        throw FigureError.usage("--data-root needs --data, which says what lies there")
      }
      return standIn(options.budget, side: side)
    }
    guard let root = options.dataRoot else {
      throw FigureError.usage(
        "--data \(options.data ?? "") needs --data-root, the folder where the images lie")
    }
    switch self {
    case .omniglot:
      return try Self.characters(
        in: options.data == "omniglot" ? root : root.appending(path: "omniglot"))
    case .cifarFS: return try CIFARFS(side: side).dataSet(in: root.appending(path: "cifar-fs"))
    case .miniImageNet:
      return try MiniImageNet(side: side).dataSet(in: root.appending(path: "mini-imagenet"))
    }
  }

  /// Finn's division, or where there is nothing but the two small archives, theirs.
  private static func characters(in root: URL) throws -> DataSet {
    do {
      return try Omniglot(split: .finn(seed: 0)).dataSet(in: root)
    } catch let error as DataError {
      guard case .missing = error,
        let small = try? Omniglot(split: .small).dataSet(in: root)
      else { throw error }
      return small
    }
  }

  private func standIn(_ budget: Budget, side: Int) -> DataSet {
    let isSmoke = budget == .smoke
    switch self {
    case .omniglot:
      return Glyphs(
        trainClasses: isSmoke ? 20 : 200, validationClasses: isSmoke ? 0 : 50,
        testClasses: isSmoke ? 10 : 100
      ).dataSet()
    case .cifarFS, .miniImageNet:
      return Scenes(
        trainClasses: isSmoke ? 10 : 64, validationClasses: isSmoke ? 0 : 16,
        testClasses: isSmoke ? 6 : 20, pictures: isSmoke ? 20 : 60, side: side,
        seed: self == .cifarFS ? 0 : 1
      ).dataSet()
    }
  }

  /// What a figure says that it used.
  public func description(_ options: FigureOptions) -> String {
    if isReal(options.data) { return title }
    return self == .omniglot ? "glyphs for Omniglot" : "scenes for \(title)"
  }
}
