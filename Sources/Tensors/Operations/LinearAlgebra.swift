extension Tensor {
  /// The identity matrix of so many rows, in the program of this tensor.
  public func identity(_ count: Int) -> Tensor {
    // Rows of a one and as many zeros as it has columns put each next one a place further.
    let ones = graph.constant(1, shape: [count, 1]).padded(before: 0, after: count, along: 1)
    return ones.flattened().sliced(0..<count * count, along: 0).reshaped(to: [count, count])
  }

  /// A⁻¹B, for a symmetric positive definite matrix A in the last two axes.
  ///
  /// The gradient treats A as a general matrix: what flows to it is −(A⁻¹G)(A⁻¹B)ᵀ.
  public func solve(_ right: Tensor) -> Tensor { apply(.solve, right) }

  /// The X that minimises ½⟨X, HX⟩ − ⟨P, X⟩ among those whose rows sum to zero and X ≤ U.
  ///
  /// H, this tensor, is symmetric positive definite, `[…, n, n]`; P is `linear` and U `bound`, both
  /// `[…, n, m]`. Every row of U must have a sum greater than zero. X satisfies the conditions of
  /// optimality to 1e-9 in units of the largest element of P, and where the bound holds it, X is U
  /// exactly. The gradient is that of the free elements' linear system; H counts as a
  /// general matrix in it, as in ``solve(_:)``. Where a bound is about to begin or cease to hold there
  /// is none, and that of either side is taken.
  ///
  /// - Reference: Amos and Kolter, "OptNet: Differentiable Optimization as a Layer in Neural
  ///   Networks", 2017, section 3. <https://arxiv.org/abs/1703.00443>
  public func quadraticProgram(linear: Tensor, bound: Tensor) -> Tensor {
    apply(.quadraticProgram, linear, bound)
  }

  /// The inner product of all elements.
  public func dot(_ other: Tensor) -> Tensor { (self * other).summed() }
}
