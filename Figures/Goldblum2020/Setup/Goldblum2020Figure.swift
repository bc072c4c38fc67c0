import Execution
import Reproduction

/// A figure or table of "Unraveling Meta-Learning".
public protocol Goldblum2020Figure: Figure {}

extension Goldblum2020Figure {
  /// The folder of the paper.
  public static var paper: String { "Goldblum2020" }
  /// Chooses the fastest kernels.
  public static func prepare() { KernelSet.chooseBest() }
  /// The kernels in force, on which the last bits depend.
  public static var environment: [String: String] { ["kernels": KernelSet.current.name] }
}
