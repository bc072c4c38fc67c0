import CommonSetup
import Episodes
import Networks
import Reproduction

/// What the paper and the published codes do with a data set.
extension ImageSet {
  /// What `--data` may name: scenes, or the published images.
  static let choices = ["scenes", "real"]

  private func isReal(_ options: FigureOptions) -> Bool { options.data == "real" }

  /// What a figure says that it used.
  func description(_ options: FigureOptions, side: Int) -> String {
    isReal(options) ? title : "scenes \(side)×\(side) for \(title)"
  }

  /// The images at a size: drawn now, or read from a folder.
  ///
  /// - Throws: What is missing or broken, with the file and the remedy.
  func load(_ options: FigureOptions, _ standIn: World.StandIn, side: Int) throws -> DataSet {
    guard !isReal(options) else { return try published(options, side: side) }
    return Scenes(
      trainClasses: standIn.trainClasses, validationClasses: standIn.validationClasses,
      testClasses: standIn.testClasses, pictures: standIn.pictures, side: side,
      seed: seedOfScenes
    ).dataSet()
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
