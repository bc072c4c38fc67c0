extension Tensor {
  /// The same elements in row-major order under another shape.
  public func reshaped(to shape: Shape) -> Tensor { apply(.reshape, shape: shape) }

  /// All axes from the given one on merged into one.
  public func flattened(from axis: Int = 0) -> Tensor {
    reshaped(to: Shape(shape.extents[..<axis] + [shape.extents[axis...].reduce(1, *)]))
  }

  /// Stretched to a shape to which this one broadcasts.
  public func broadcast(to shape: Shape) -> Tensor {
    let ones = [Int](repeating: 1, count: max(shape.rank - self.shape.rank, 0))
    return reshaped(to: Shape(ones + self.shape.extents)).apply(.broadcast, shape: shape)
  }

  /// Axes in another order: result axis `i` is axis `axes[i]`.
  public func transposed(_ axes: Int...) -> Tensor { apply(.transpose(axes)) }

  /// The matrix transpose of the last two axes.
  public func transposed() -> Tensor {
    var axes = Array(shape.extents.indices)
    axes.swapAt(axes.count - 1, axes.count - 2)
    return apply(.transpose(axes))
  }

  /// The part with the given indices along one axis.
  public func sliced(_ range: Range<Int>, along axis: Int) -> Tensor {
    var starts = [Int](repeating: 0, count: shape.rank)
    var extents = shape
    starts[shape.normalized(axis)] = range.lowerBound
    extents[axis] = range.count
    return apply(.slice(starts), shape: extents)
  }

  /// Surrounded by zeros along one axis.
  public func padded(before: Int, after: Int, along axis: Int) -> Tensor {
    var starts = [Int](repeating: 0, count: shape.rank)
    var extents = shape
    starts[shape.normalized(axis)] = before
    extents[axis] += before + after
    return apply(.pad(starts), shape: extents)
  }

  /// Tensors one behind the other along an axis.
  public static func concatenated(_ parts: [Tensor], along axis: Int) -> Tensor {
    apply(.concatenate(parts[0].shape.normalized(axis)), parts)
  }

  /// Tensors of one shape along a new first axis.
  public static func stacked(_ parts: [Tensor]) -> Tensor {
    concatenated(parts.map { $0.reshaped(to: Shape([1] + $0.shape.extents)) }, along: 0)
  }
}
