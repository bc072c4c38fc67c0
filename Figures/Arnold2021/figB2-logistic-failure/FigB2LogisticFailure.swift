import CommonSetup
import Arnold2021Setup
import Reproduction

/// Figure B.2: softmax regression on images, meta-trained with and without linear layers before it.
///
/// The line of ample data is the accuracy of softmax regression trained on four fifths of all images
/// of the unseen classes. It is Figure 3 with mini-ImageNet at 32 × 32.
@main
struct FigB2LogisticFailure: LinearFigure {
  static let name = "figB2-logistic-failure"
  static let title = "Softmax regression with and without a linear network"
  static let summary =
    "Meta-training curves of softmax regression with and without LinNet, three data sets."
  static let sets = ImageSet.allCases
}
