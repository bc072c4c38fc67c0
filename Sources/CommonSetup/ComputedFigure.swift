import Execution
import Reproduction

/// A figure whose numbers come from programs, and so depend on the kernels that run them.
public protocol ComputedFigure: Figure {}

extension ComputedFigure {
  /// Chooses the fastest kernels.
  public static func prepare() { _ = KernelSet.chosen }
  /// The kernels in force and the version of their library, on which the last bits depend.
  public static var environment: [String: String] { KernelSet.facts }
}
