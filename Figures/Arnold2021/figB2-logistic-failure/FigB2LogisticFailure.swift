import Arnold2021Setup
import Reproduction

/// Figure B.2: softmax regression on images, meta-trained with and without linear layers before it.
///
/// It is Figure 3 with mini-ImageNet at 32 × 32.
@main
struct FigB2LogisticFailure: LinearFigure {
  static let identity: FigureIdentity = named(
    "figB2-logistic-failure",
    summary: "Meta-training curves of softmax regression with and without LinNet, three data sets.")
}
