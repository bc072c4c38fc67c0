import DataSets
import Episodes
import Networks

/// What the paper and the published codes do with a data set.
extension ImageSet {
  /// The rows and columns of black around images of a side before they are cut: an eighth of it,
  /// or as published 8 of 84.
  func padding(side: Int) -> Int { side == 84 ? 8 : side / 8 }

  /// How colours are scaled: as in the code of MetaOptNet for mini-ImageNet, whose line for
  /// CIFAR-FS the paper's code has taken out.
  var scaling: ChannelScaling? { self == .miniImageNet ? .miniImageNet : nil }

  /// The side of DropBlock's squares.
  var blockSide: Int { self == .miniImageNet ? 5 : 2 }
}

extension World {
  /// How images of a set are cut, recoloured and mirrored while training.
  func augmentation(_ set: ImageSet) -> Augmentation {
    Augmentation(padding: set.padding(side: sides[set]), jitter: jitter)
  }
}
