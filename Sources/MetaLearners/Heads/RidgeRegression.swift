import Episodes
import Tensors

/// Ridge regression of one-hot labels on features, without a bias.
///
/// W = Xᵀ(XXᵀ + λI)⁻¹Y, in the form whose matrix has a row for each example instead of each feature,
/// and the scores are QW. The code of MetaOptNet solves it as a quadratic program with twice these
/// scores; scale and argmax make up for that.
///
/// - Reference: Bertinetto, Henriques, Torr and Vedaldi, "Meta-learning with Differentiable
///   Closed-Form Solvers", 2019, equation 6. <https://arxiv.org/abs/1805.08136>
public struct RidgeRegression: Head, Hashable {
  private let kind = "ridge regression"
  /// λ.
  public var ridge: Double

  /// A regression, with λ = 50 as in the codes of R2-D2 and MetaOptNet unless told otherwise.
  public init(ridge: Double = 50) {
    precondition(ridge > 0, "a ridge is positive, not \(ridge)")
    self.ridge = ridge
  }

  /// QW.
  public func scores(for query: Tensor, after support: Batch<Tensor>) -> Tensor {
    let x = support.inputs
    let matrix = x.matmul(x.transposed()) + ridge * x.identity(x.shape[0])
    let weights = x.transposed().matmul(matrix.solve(support.targets))
    return query.matmul(weights)
  }
}
