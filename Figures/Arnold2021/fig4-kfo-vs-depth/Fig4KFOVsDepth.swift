import Arnold2021Setup
import CommonSetup
import DataSets
import Reproduction

/// Figure 4: what Meta-KFO adds to MAML shrinks as the network grows deeper.
///
/// Figure B.4 adds mini-ImageNet.
@main
struct Fig4KFOVsDepth: DepthFigure {
  static let identity: FigureIdentity = named(
    "fig4-kfo-vs-depth", title: "Meta-KFO and MAML against depth",
    summary: "MAML and Meta-KFO against the number of convolutional layers, two data sets.")
  static let sets: [ImageSet] = [.omniglot, .cifarFS]
}
