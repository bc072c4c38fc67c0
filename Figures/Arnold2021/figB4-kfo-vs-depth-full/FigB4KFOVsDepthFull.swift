import Arnold2021Setup
import Reproduction

/// Figure B.4: what Meta-KFO adds to MAML shrinks as the network grows deeper; Figure 4 with
/// mini-ImageNet.
@main
struct FigB4KFOVsDepthFull: DepthFigure {
  static let identity: FigureIdentity = named(
    "figB4-kfo-vs-depth-full", title: "Meta-KFO and MAML against depth",
    summary: "MAML and Meta-KFO against the number of convolutional layers, three data sets.")
}
