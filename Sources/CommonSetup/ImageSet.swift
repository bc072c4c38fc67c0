import Episodes
import Foundation
import Reproduction

/// A set of images that papers publish numbers on.
public enum ImageSet: String, CaseIterable, Codable, Sendable {
  /// Characters, 28 × 28.
  case omniglot
  /// Small photographs, 32 × 32.
  case cifarFS
  /// Photographs, 84 × 84.
  case miniImageNet

  /// The name in tables, which is that of the papers' values.
  public var title: String {
    switch self {
    case .omniglot: "Omniglot"
    case .cifarFS: "CIFAR-FS"
    case .miniImageNet: "mini-ImageNet"
    }
  }

  /// Whether its images are turned by quarters, anew in every episode: characters are.
  public var rotations: Rotations { self == .omniglot ? .perClass : .none }

  /// The published images at a size, read from the folder that a user names with `--data-root`, or
  /// from the one in it that is called `omniglot`, `cifar-fs` or `mini-imagenet`.
  ///
  /// Unless told otherwise Omniglot is divided as Finn et al. did, or where a folder holds nothing
  /// but the two small archives, as they suggest.
  ///
  /// - Throws: What is missing or broken, with the file and the remedy.
  public func published(
    _ options: FigureOptions, side: Int, split: Omniglot.Split? = nil
  ) throws -> DataSet {
    guard let root = options.dataRoot else {
      throw FigureError.dataAbsent("\(title) needs --data-root, the folder where it lies")
    }
    let own = root.appending(path: folderName, directoryHint: .isDirectory)
    let folder = FileManager.default.fileExists(atPath: own.path) ? own : root
    switch self {
    case .omniglot:
      if let split { return try Omniglot(split: split, side: side).dataSet(in: folder) }
      return try Self.characters(in: folder, side: side)
    case .cifarFS: return try CIFARFS(side: side).dataSet(in: folder)
    case .miniImageNet: return try MiniImageNet(side: side).dataSet(in: folder)
    }
  }

  private static func characters(in folder: URL, side: Int) throws -> DataSet {
    do {
      return try Omniglot(split: .finn(seed: 0), side: side).dataSet(in: folder)
    } catch let error as DataError {
      guard case .missing = error,
        let small = try? Omniglot(split: .small, side: side).dataSet(in: folder)
      else { throw error }
      return small
    }
  }

  /// What stands for it where it is not at hand.
  public var standIn: String { self == .omniglot ? "glyphs" : "scenes" }

  /// Its name for `--data`, and of its folder below `--data-root`.
  public var folderName: String {
    switch self {
    case .omniglot: "omniglot"
    case .cifarFS: "cifar-fs"
    case .miniImageNet: "mini-imagenet"
    }
  }

  /// The seed of the scenes that stand in for it beside those for another set of photographs.
  public var seedOfScenes: Int { self == .cifarFS ? 0 : 1 }
}
