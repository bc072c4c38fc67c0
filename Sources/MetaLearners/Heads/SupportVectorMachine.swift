import Episodes
import Tensors

/// The multi-class support vector machine of Crammer and Singer, fitted in its dual.
///
/// The duals α minimise ½ Σ_m α_mᵀ(XXᵀ + εI)α_m − Σ_i α_{i,y_i}, where α_{i,m} is at most C for the
/// class of example i and at most zero for others, and Σ_m α_{i,m} = 0. The weights are W = Xᵀα, the
/// scores QW. The code of MetaOptNet stops its solver after 15 iterations in training and 3 in tests;
/// here it is solved to convergence.
///
/// - Reference: Lee, Maji, Ravichandran and Soatto, "Meta-Learning with Differentiable Convex
///   Optimization", 2019, "Convex base learners", and its code. <https://arxiv.org/abs/1904.03758>
public struct SupportVectorMachine: Head, Hashable {
  private let kind = "support vector machine"
  /// C, the largest dual.
  public var cost: Double
  /// ε, added to the kernel's diagonal.
  public var diagonal: Double

  /// A machine, with C = 0.1 and ε = 1 as in the code of MetaOptNet unless told otherwise.
  public init(cost: Double = 0.1, diagonal: Double = 1) {
    precondition(cost > 0 && diagonal > 0, "C and ε are positive, not \(cost) and \(diagonal)")
    self.cost = cost
    self.diagonal = diagonal
  }

  /// α, one row for each example.
  public func duals(of support: Batch<Tensor>) -> Tensor {
    let x = support.inputs
    let kernel = x.matmul(x.transposed()) + diagonal * x.identity(x.shape[0])
    return kernel.quadraticProgram(linear: support.targets, bound: cost * support.targets)
  }

  /// QXᵀα.
  public func scores(for query: Tensor, after support: Batch<Tensor>) -> Tensor {
    query.matmul(support.inputs.transposed().matmul(duals(of: support)))
  }
}
