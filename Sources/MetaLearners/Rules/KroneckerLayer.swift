import Networks
import Tensors

/// A linear map of gradients, factored as a Kronecker product: Y = L G R.
///
/// With G of shape `[n, m]` this is the matrix Rᵀ ⊗ L of n m rows on the columns of G, one behind
/// the other. The paper prints that matrix as m × n (section C.1), which its size rules out.
///
/// L, of shape `[n, n]`, is `left`, and R, `[m, m]`, is `right`; both begin at the identity.
struct KroneckerLayer {
  /// Whether L and R are made of factors, LᵀL and RᵀR, so that the map is never negative.
  var isSemiDefinite: Bool

  func initialParameters(for view: GradientMatrices) -> Parameters<ShapedArray> {
    Parameters(names: ["left", "right"], leaves: [.identity(view.rows), .identity(view.columns)])
  }

  /// L G R for every matrix of a batch `[batch, n, m]`.
  func callAsFunction(_ gradients: Tensor, _ factors: Parameters<Tensor>) -> Tensor {
    var (left, right) = (factors["left"], factors["right"])
    if isSemiDefinite {
      left = left.transposed().matmul(left)
      right = right.transposed().matmul(right)
    }
    let (count, rows, columns) = (gradients.shape[0], gradients.shape[1], gradients.shape[2])
    // One product instead of a batch of small ones: R for all rows of all matrices at once.
    let byRight = gradients.reshaped(to: [count * rows, columns]).matmul(right)
    if count == 1 { return left.matmul(byRight).reshaped(to: gradients.shape) }
    let rowsFirst = byRight.reshaped(to: [count, rows, columns]).transposed(1, 0, 2)
    return left.matmul(rowsFirst.reshaped(to: [rows, count * columns]))
      .reshaped(to: [rows, count, columns]).transposed(1, 0, 2)
  }
}

/// How a weight's gradient is seen as matrices `[batch, n, m]`.
///
/// A dense weight is one matrix `[out, in]`, a vector one column, and a filter as many matrices
/// `[in, height · width]` as it has outputs, all with the same factors: the layouts of the code
/// published with the paper.
struct GradientMatrices {
  let shape: Shape

  var rows: Int {
    switch shape.rank {
    case 4: shape[2]
    case 2: shape[1]
    default: shape.count
    }
  }

  var columns: Int {
    switch shape.rank {
    case 4: shape[0] * shape[1]
    case 2: shape[0]
    default: 1
    }
  }

  func matrices(of gradient: Tensor) -> Tensor {
    switch shape.rank {
    case 4: gradient.reshaped(to: [columns, rows, shape[3]]).transposed(2, 1, 0)
    case 2: gradient.transposed().reshaped(to: [1, rows, columns])
    default: gradient.reshaped(to: [1, rows, 1])
    }
  }

  func gradient(of matrices: Tensor) -> Tensor {
    switch shape.rank {
    case 4: matrices.transposed(2, 1, 0).reshaped(to: shape)
    case 2: matrices.reshaped(to: [rows, columns]).transposed()
    default: matrices.reshaped(to: shape)
    }
  }
}
