import CommonSetup

/// A figure or table of "When MAML Can Adapt Fast and How to Assist When It Cannot".
public protocol Arnold2021Figure: ComputedFigure {}

extension Arnold2021Figure {
  /// The folder of the paper.
  public static var paper: String { "Arnold2021" }
}
