/// The extents of an array, outermost first; the last one is contiguous in memory.
public struct Shape: Hashable, Sendable {
  /// The extent along each axis.
  public var extents: [Int]

  /// A shape with the given extents; the empty list is a scalar.
  public init(_ extents: [Int]) { self.extents = extents }

  /// The number of axes.
  public var rank: Int { extents.count }

  /// The number of elements.
  public var count: Int { extents.reduce(1, *) }

  /// The extent along an axis; negative axes count from the last.
  public subscript(axis: Int) -> Int {
    get { extents[normalized(axis)] }
    set { extents[normalized(axis)] = newValue }
  }

  /// The distance in memory between neighbours along each axis, in elements.
  public var strides: [Int] {
    var strides = [Int](repeating: 1, count: rank)
    for axis in extents.indices.dropLast().reversed() {
      strides[axis] = strides[axis + 1] * extents[axis + 1]
    }
    return strides
  }

  package func normalized(_ axis: Int) -> Int { axis < 0 ? axis + rank : axis }
}

extension Shape {
  /// The shape to which both arguments broadcast, or nil if there is none.
  ///
  /// As in NumPy: axes are aligned at the last one, and an extent of one stretches to any other.
  package static func broadcast(_ a: Shape, _ b: Shape) -> Shape? {
    let rank = max(a.rank, b.rank)
    var extents = [Int](repeating: 1, count: rank)
    for back in 1...max(rank, 1) where back <= rank {
      let x = back <= a.rank ? a[-back] : 1
      let y = back <= b.rank ? b[-back] : 1
      guard x == y || x == 1 || y == 1 else { return nil }
      extents[rank - back] = x == 1 ? y : x
    }
    return Shape(extents)
  }
}

extension Shape: ExpressibleByArrayLiteral {
  /// A shape written as a list of extents.
  public init(arrayLiteral extents: Int...) { self.init(extents) }
}

extension Shape: CustomStringConvertible {
  /// The extents as in `[5, 28, 28, 1]`.
  public var description: String { "\(extents)" }
}

extension Shape: Codable {
  /// Reads a plain list of extents.
  public init(from decoder: any Decoder) throws {
    self.init(try decoder.singleValueContainer().decode([Int].self))
  }

  /// Writes a plain list of extents.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(extents)
  }
}
