/// Numbers with a shape, in row-major order: what programs take and return.
public struct ShapedArray: Hashable, Sendable {
  /// The extents.
  public let shape: Shape
  /// The elements, the last axis varying fastest.
  public var scalars: [Float]

  /// The given numbers in the given shape.
  public init(_ scalars: [Float], shape: Shape) {
    precondition(
      scalars.count == shape.count, "\(scalars.count) numbers do not fill the shape \(shape)")
    self.scalars = scalars
    self.shape = shape
  }

  /// A single number, of rank zero.
  public init(_ scalar: Float) { self.init([scalar], shape: []) }

  /// One number everywhere.
  public init(repeating scalar: Float, shape: Shape) {
    self.init([Float](repeating: scalar, count: shape.count), shape: shape)
  }

  /// Zeros.
  public static func zeros(_ shape: Shape) -> ShapedArray { .init(repeating: 0, shape: shape) }

  /// The identity matrix of so many rows.
  public static func identity(_ count: Int) -> ShapedArray {
    var matrix = zeros([count, count])
    for index in 0..<count { matrix.scalars[index * (count + 1)] = 1 }
    return matrix
  }

  /// The only number of an array that holds one.
  public var scalar: Float {
    precondition(scalars.count == 1, "an array of shape \(shape) is not one number")
    return scalars[0]
  }

  /// The same numbers in another shape of equal count.
  public func reshaped(to shape: Shape) -> ShapedArray { ShapedArray(scalars, shape: shape) }

  /// The part at one index of the first axis, which vanishes.
  public subscript(index: Int) -> ShapedArray {
    let part = Shape(Array(shape.extents.dropFirst()))
    let start = index * part.count
    return ShapedArray(Array(scalars[start..<start + part.count]), shape: part)
  }

  /// Arrays of one shape along a new first axis.
  public init(stacking arrays: [ShapedArray]) {
    precondition(!arrays.isEmpty, "there is nothing to stack")
    precondition(arrays.allSatisfy { $0.shape == arrays[0].shape }, "only equal shapes stack")
    var scalars: [Float] = []
    scalars.reserveCapacity(arrays.count * arrays[0].shape.count)
    for array in arrays { scalars += array.scalars }
    self.init(scalars, shape: Shape([arrays.count] + arrays[0].shape.extents))
  }
}
