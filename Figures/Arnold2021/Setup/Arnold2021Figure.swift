import Execution
import Reproduction

/// A figure or table of "When MAML Can Adapt Fast and How to Assist When It Cannot".
public protocol Arnold2021Figure: Figure {}

extension Arnold2021Figure {
  /// The folder of the paper.
  public static var paper: String { "Arnold2021" }
  /// Chooses the fastest kernels.
  public static func prepare() { KernelSet.chooseBest() }
  /// The kernels in force, on which the last bits depend.
  public static var environment: [String: String] { ["kernels": KernelSet.current.name] }
}
