import CommonSetup

/// A figure or table of "Unraveling Meta-Learning".
public protocol Goldblum2020Figure: ComputedFigure {}

extension Goldblum2020Figure {
  /// The folder of the paper.
  public static var paper: String { "Goldblum2020" }
}
