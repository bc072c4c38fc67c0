import Episodes
import Foundation
import Reproduction

/// A data set that the paper's image experiments can run on.
public enum ImageData: String, CaseIterable, Sendable {
  /// Procedural characters, the stand-in for Omniglot.
  case glyphs
  /// Procedural pictures, the stand-in for mini-ImageNet.
  case scenes
  /// Omniglot as published.
  case omniglot
  /// mini-ImageNet as published.
  case miniImageNet = "mini-imagenet"

  /// The two kinds of images in the paper.
  public enum Kind: CaseIterable, Sendable {
    /// As Omniglot's: grey, turned by quarters anew in every episode.
    case characters
    /// As mini-ImageNet's: in colour, never turned.
    case photographs
  }

  /// Which kind its images are.
  public var kind: Kind {
    switch self {
    case .glyphs, .omniglot: .characters
    case .scenes, .miniImageNet: .photographs
    }
  }

  /// How it is called in titles.
  public var title: String {
    switch self {
    case .glyphs: "glyphs"
    case .scenes: "scenes"
    case .omniglot: "Omniglot"
    case .miniImageNet: "mini-ImageNet"
    }
  }

  /// What a procedural set stands in for.
  var original: String? {
    switch self {
    case .glyphs: "Omniglot"
    case .scenes: "mini-ImageNet"
    case .omniglot, .miniImageNet: nil
    }
  }

  var rotations: Rotations { kind == .characters ? .perEpisode : .none }

  /// The images at a size, drawn now or read from a folder.
  ///
  /// Unless told otherwise Omniglot is divided as Finn et al. did, or where a folder holds nothing
  /// but the two small archives, as they suggest.
  ///
  /// - Throws: What is missing or broken, with the file and the remedy.
  func load(side: Int, split: Omniglot.Split?, from root: URL?) throws -> DataSet {
    switch self {
    case .glyphs:
      precondition(side == 28, "glyphs have 28 pixels a side, not \(side)")
      return Glyphs().dataSet()
    case .scenes: return Scenes(side: side).dataSet()
    case .omniglot:
      let root = try folder(root)
      if let split { return try Omniglot(split: split, side: side).dataSet(in: root) }
      do {
        return try Omniglot(split: .finn(seed: 0), side: side).dataSet(in: root)
      } catch let error as DataError {
        guard case .missing = error,
          let small = try? Omniglot(split: .small, side: side).dataSet(in: root)
        else { throw error }
        return small
      }
    case .miniImageNet: return try MiniImageNet(side: side).dataSet(in: folder(root))
    }
  }

  /// The folder named by `--data-root`, or the one in it that is named as the data set.
  private func folder(_ root: URL?) throws -> URL {
    guard let root else {
      throw FigureError.usage("\(title) needs --data-root, the folder where it lies")
    }
    let own = root.appending(path: rawValue, directoryHint: .isDirectory)
    return FileManager.default.fileExists(atPath: own.path) ? own : root
  }
}
