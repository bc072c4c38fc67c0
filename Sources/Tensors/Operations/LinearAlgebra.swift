extension Tensor {
  /// A⁻¹B, for a symmetric positive definite matrix A in the last two axes.
  ///
  /// The gradient treats A as a general matrix: what flows to it is −(A⁻¹G)(A⁻¹B)ᵀ.
  public func solve(_ right: Tensor) -> Tensor { apply(.solve, right) }

  /// The inner product of all elements.
  public func dot(_ other: Tensor) -> Tensor { (self * other).summed() }
}
