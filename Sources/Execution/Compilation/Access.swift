import Tensors

/// Which element of a stored value belongs to each element of a loop, both counted linearly.
struct Access: Hashable {
  struct Axis: Hashable {
    var extent: Int
    var stride: Int
  }

  /// Where the stored value's first element used lies.
  var offset = 0
  /// Axes from the outermost in; neighbours that can be one are merged.
  var axes: [Axis]

  init(_ extents: [Int], strides: [Int], offset: Int = 0) {
    self.offset = offset
    axes = []
    for (extent, stride) in zip(extents, strides) where extent != 1 {
      if let last = axes.last, last.stride == extent * stride {
        axes[axes.count - 1] = Axis(extent: last.extent * extent, stride: stride)
      } else {
        axes.append(Axis(extent: extent, stride: stride))
      }
    }
  }

  /// How a broadcast, transposed or sliced value lies in its source.
  static func view(_ op: Op, of source: Shape, shape: Shape) -> Access? {
    let strides = source.strides
    switch op {
    case .broadcast:
      let stretched = source.extents.indices.map { source[$0] == 1 ? 0 : strides[$0] }
      return Access(shape.extents, strides: stretched)
    case .transpose(let axes):
      return Access(shape.extents, strides: axes.map { strides[$0] })
    case .slice(let starts):
      let offset = zip(starts, strides).reduce(0) { $0 + $1.0 * $1.1 }
      return Access(shape.extents, strides: strides, offset: offset)
    default: return nil
    }
  }

  /// Where each element of a reduction's operand is added.
  static func reduction(along axes: [Int], of source: Shape, shape: Shape) -> Access {
    let strides = shape.strides
    return Access(
      source.extents, strides: source.extents.indices.map { axes.contains($0) ? 0 : strides[$0] })
  }

  enum Pattern: Hashable {
    /// Element i of the value for element i of the loop.
    case contiguous
    /// Element (i / (repeats · period)) · period + i mod period.
    case repeating(repeats: Int, period: Int)
    /// Anything else.
    case strided
  }

  var pattern: Pattern {
    let extents = axes.map(\.extent)
    let strides = axes.map(\.stride)
    switch strides {
    case []: return .repeating(repeats: 1, period: 1)
    case [1]: return .contiguous
    case [0]: return .repeating(repeats: extents[0], period: 1)
    case [0, 1]: return .repeating(repeats: extents[0], period: extents[1])
    case [1, 0]: return .repeating(repeats: extents[1], period: 1)
    case _ where strides.count == 3 && strides == [extents[2], 0, 1]:
      return .repeating(repeats: extents[1], period: extents[2])
    default: return .strided
    }
  }
}
