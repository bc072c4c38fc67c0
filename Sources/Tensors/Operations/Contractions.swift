extension Tensor {
  package enum Transposition { case neither, left, right, both }

  package func times(_ other: Tensor, _ transposing: Transposition) -> Tensor {
    apply(
      .product(
        transposingLeft: transposing == .left || transposing == .both,
        transposingRight: transposing == .right || transposing == .both), other)
  }

  /// The matrix product of the last two axes; leading axes are a batch and stretch.
  public func matmul(_ other: Tensor) -> Tensor {
    let rank = max(shape.rank, other.shape.rank)
    guard
      let batch = Shape.broadcast(
        Shape(shape.extents.dropLast(2)), Shape(other.shape.extents.dropLast(2)))
    else { return apply(.product(transposingLeft: false, transposingRight: false), other) }
    if rank == 2 || shape.extents.dropLast(2) == other.shape.extents.dropLast(2) {
      return times(other, .neither)
    }
    let left = broadcast(to: Shape(batch.extents + shape.extents.suffix(2)))
    let right = other.broadcast(to: Shape(batch.extents + other.shape.extents.suffix(2)))
    return left.times(right, .neither)
  }

  /// The two-dimensional convolution (cross-correlation) of images with filters.
  ///
  /// y[n, p, q, o] = Σ x[n, s·p − b + k, s·q − b + l, i] · w[k, l, i, o].
  ///
  /// Filters have the shape [height, width, channels in, channels out]; the stride s is the step
  /// between windows, the padding b the rows and columns of zeros around each image.
  public func convolved(with filters: Tensor, stride: Int = 1, padding: Int = 0) -> Tensor {
    apply(.convolution(Convolution(role: .output, stride: stride, border: padding)), filters)
  }

  func convolution(_ form: Convolution, _ other: Tensor, like target: Tensor) -> Tensor {
    apply(.convolution(form), other, shape: form.role == .output ? nil : target.shape)
  }

  /// The maximum of each window of side `side`; windows do not overlap, and a rest is left out.
  ///
  /// Of equal maxima the first in row-major order wins, in every precision. A window that holds NaN
  /// has the maximum NaN, and the gradient goes to the first of them.
  public func maxPooled(side: Int) -> Tensor { apply(.poolPick(side: side), self) }
}
