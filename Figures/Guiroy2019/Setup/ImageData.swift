import CommonSetup
import Episodes
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

  /// The published images that it is, or that it stands in for.
  public var set: ImageSet {
    switch self {
    case .glyphs, .omniglot: .omniglot
    case .scenes, .miniImageNet: .miniImageNet
    }
  }

  /// Whether it is drawn rather than read.
  var isStandIn: Bool { self == .glyphs || self == .scenes }

  /// How it is called in titles.
  public var title: String { isStandIn ? rawValue : set.title }

  /// The images at a size, drawn now or read from a folder.
  ///
  /// - Throws: What is missing or broken, with the file and the remedy.
  func load(_ options: FigureOptions, side: Int, split: Omniglot.Split?) throws -> DataSet {
    switch self {
    case .glyphs:
      precondition(side == 28, "glyphs have 28 pixels a side, not \(side)")
      return Glyphs().dataSet()
    case .scenes: return Scenes(side: side).dataSet()
    case .omniglot, .miniImageNet:
      return try set.published(options, side: side, split: split)
    }
  }
}
