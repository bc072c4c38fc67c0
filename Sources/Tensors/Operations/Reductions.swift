extension Tensor {
  /// The sum of all elements, of rank zero.
  public func summed() -> Tensor {
    apply(.sum(Array(shape.extents.indices))).reshaped(to: [])
  }

  /// Sums along axes, which vanish or keep the extent one.
  public func summed(along axes: Int..., keepingAxes: Bool = false) -> Tensor {
    reduced(axes, keepingAxes) { apply(.sum($0)) }
  }

  /// The mean of all elements, of rank zero.
  public func mean() -> Tensor { summed() / Double(shape.count) }

  /// Means along axes, which vanish or keep the extent one.
  public func mean(along axes: Int..., keepingAxes: Bool = false) -> Tensor {
    let count = axes.reduce(1) { $0 * shape[$1] }
    return reduced(axes, keepingAxes) { (1 / Double(count)) * apply(.sum($0)) }
  }

  /// Maxima along axes, NaN where any element is; the gradient is shared among equal maxima.
  public func maximum(along axes: Int..., keepingAxes: Bool = false) -> Tensor {
    reduced(axes, keepingAxes) { apply(.maximum($0)) }
  }

  /// log Σ eˣ along an axis, without overflow.
  public func logSumExp(along axis: Int, keepingAxes: Bool = false) -> Tensor {
    let peak = apply(.maximum([shape.normalized(axis)])).stoppingGradient()
    let sum = (self - peak).exp().summed(along: axis, keepingAxes: true).log() + peak
    return keepingAxes ? sum : sum.droppingAxes([shape.normalized(axis)])
  }

  /// The elements marked by a one-hot tensor along the last axis, which vanishes.
  public func gathered(by oneHot: Tensor) -> Tensor { (self * oneHot).summed(along: -1) }

  private func reduced(_ axes: [Int], _ keepingAxes: Bool, _ reduce: ([Int]) -> Tensor) -> Tensor {
    let axes = axes.map(shape.normalized).sorted()
    let result = reduce(axes)
    return keepingAxes ? result : result.droppingAxes(axes)
  }

  private func droppingAxes(_ axes: [Int]) -> Tensor {
    reshaped(to: Shape(shape.extents.indices.filter { !axes.contains($0) }.map { shape[$0] }))
  }
}
