import Arnold2021Setup
import CommonSetup
import DataSets
import Reproduction

/// Figure 3: softmax regression on images, meta-trained with and without linear layers before it.
///
/// The line of ample data is the accuracy of softmax regression trained on four fifths of all images
/// of the unseen classes. Figure B.2 adds mini-ImageNet.
@main
struct Fig3LinNetLogistic: LinearFigure {
  static let identity: FigureIdentity = named(
    "fig3-linnet-logistic",
    summary: "Meta-training curves of softmax regression with and without LinNet, two data sets.")
  static let sets: [ImageSet] = [.omniglot, .cifarFS]
}
