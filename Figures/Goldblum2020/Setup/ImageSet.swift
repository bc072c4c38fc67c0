import Episodes
import Experiments
import Foundation
import Networks
import Reproduction

/// One of the two data sets of the paper, real or as its embedded stand-in.
public enum ImageSet: String, CaseIterable, Codable, Sendable {
  /// Photographs, 84 × 84.
  case miniImageNet
  /// Small photographs, 32 × 32.
  case cifarFS

  /// The name in tables, which is that of the paper's values.
  public var title: String {
    switch self {
    case .miniImageNet: "mini-ImageNet"
    case .cifarFS: "CIFAR-FS"
    }
  }

  /// What `--data` may name: scenes, or the published images.
  public static let choices = ["scenes", "real"]

  private func isReal(_ options: FigureOptions) -> Bool { options.data == "real" }

  /// What a figure says that it used.
  func description(_ options: FigureOptions, side: Int) -> String {
    isReal(options) ? title : "scenes \(side)×\(side) for \(title)"
  }

  /// The images at a size: drawn now, or read from a folder.
  ///
  /// The two sets are scenes of two seeds. `real` reads `cifar-fs` and `mini-imagenet` below the
  /// data root.
  ///
  /// - Throws: What is missing or broken, with the file and the remedy.
  func load(_ options: FigureOptions, _ standIn: World.StandIn, side: Int) throws -> DataSet {
    guard isReal(options) else {
      return Scenes(
        trainClasses: standIn.trainClasses, validationClasses: standIn.validationClasses,
        testClasses: standIn.testClasses, pictures: standIn.pictures, side: side,
        seed: self == .cifarFS ? 0 : 1
      ).dataSet()
    }
    guard let root = options.dataRoot else {
      throw FigureError.usage("--data real needs --data-root, the folder where the images lie")
    }
    switch self {
    case .cifarFS: return try CIFARFS().dataSet(in: root.appending(path: "cifar-fs"))
    case .miniImageNet:
      return try MiniImageNet(side: side).dataSet(in: root.appending(path: "mini-imagenet"))
    }
  }

  /// The rows and columns of black around images of a side before they are cut: an eighth of it,
  /// or as published 8 of 84.
  func padding(side: Int) -> Int { side == 84 ? 8 : side / 8 }

  /// How colours are scaled: as in the code of MetaOptNet for mini-ImageNet, whose line for
  /// CIFAR-FS the paper's code has taken out.
  var scaling: ChannelScaling? { self == .miniImageNet ? .miniImageNet : nil }

  /// The side of DropBlock's squares.
  var blockSide: Int { self == .miniImageNet ? 5 : 2 }
}
