import Tensors

extension Parameters where Leaf == ShapedArray {
  /// Running statistics after another batch: r ← (1 − m) r + m s, with PyTorch's m = 0.1.
  public func folding(
    _ batch: Parameters<ShapedArray>, momentum: Float = 0.1
  ) -> Parameters<ShapedArray> {
    zip(batch) { running, seen in
      precondition(running.shape == seen.shape, "these are the statistics of another network")
      var folded = running
      for index in folded.scalars.indices {
        folded.scalars[index] += momentum * (seen.scalars[index] - running.scalars[index])
      }
      return folded
    }
  }
}
