/// A structure whose leaves are tensors, with a twin structure whose leaves are arrays.
///
/// What a program takes and returns: one tensor, parameters, a batch, an episode, lists of those.
public protocol TensorTree {
  /// The twin structure that holds numbers.
  associatedtype Arrays: Sendable

  /// The structure of an example, each leaf made from the example's leaf.
  init(like arrays: Arrays, leaf: (ShapedArray) -> Tensor)

  /// The leaves in a fixed order.
  var tensors: [Tensor] { get }

  /// The twin structure, each leaf made from the tensor in its place.
  func arrays(_ leaf: (Tensor) -> ShapedArray) -> Arrays

  /// The leaves of the twin structure in the same order.
  static func leaves(of arrays: Arrays) -> [ShapedArray]

  /// A structure like an example, with other leaves in the same order.
  static func arrays(like arrays: Arrays, _ next: () -> ShapedArray) -> Arrays
}

extension Tensor: TensorTree {
  /// The structure of an example, each leaf made from the example's leaf.
  public init(like array: ShapedArray, leaf: (ShapedArray) -> Tensor) { self = leaf(array) }
  /// The leaves in a fixed order.
  public var tensors: [Tensor] { [self] }
  /// The twin structure, each leaf made from the tensor in its place.
  public func arrays(_ leaf: (Tensor) -> ShapedArray) -> ShapedArray { leaf(self) }
  /// The leaves of the twin structure in the same order.
  public static func leaves(of array: ShapedArray) -> [ShapedArray] { [array] }
  /// A structure like an example, with other leaves in the same order.
  public static func arrays(like array: ShapedArray, _ next: () -> ShapedArray) -> ShapedArray {
    next()
  }
}

extension Array: TensorTree where Element: TensorTree {
  /// The structure of an example, each leaf made from the example's leaf.
  public init(like arrays: [Element.Arrays], leaf: (ShapedArray) -> Tensor) {
    self = arrays.map { Element(like: $0, leaf: leaf) }
  }
  /// The leaves in a fixed order.
  public var tensors: [Tensor] { flatMap(\.tensors) }
  /// The twin structure, each leaf made from the tensor in its place.
  public func arrays(_ leaf: (Tensor) -> ShapedArray) -> [Element.Arrays] {
    map { $0.arrays(leaf) }
  }
  /// The leaves of the twin structure in the same order.
  public static func leaves(of arrays: [Element.Arrays]) -> [ShapedArray] {
    arrays.flatMap(Element.leaves)
  }
  /// A structure like an example, with other leaves in the same order.
  public static func arrays(
    like arrays: [Element.Arrays], _ next: () -> ShapedArray
  ) -> [Element.Arrays] {
    arrays.map { Element.arrays(like: $0, next) }
  }
}

/// Two trees as one.
public struct Pair<First, Second> {
  /// The first.
  public var first: First
  /// The second.
  public var second: Second

  /// A pair of the two.
  public init(_ first: First, _ second: Second) {
    self.first = first
    self.second = second
  }
}

extension Pair: Sendable where First: Sendable, Second: Sendable {}

extension Pair: TensorTree where First: TensorTree, Second: TensorTree {
  /// The structure of an example, each leaf made from the example's leaf.
  public init(like arrays: Pair<First.Arrays, Second.Arrays>, leaf: (ShapedArray) -> Tensor) {
    self.init(First(like: arrays.first, leaf: leaf), Second(like: arrays.second, leaf: leaf))
  }
  /// The leaves in a fixed order.
  public var tensors: [Tensor] { first.tensors + second.tensors }
  /// The twin structure, each leaf made from the tensor in its place.
  public func arrays(_ leaf: (Tensor) -> ShapedArray) -> Pair<First.Arrays, Second.Arrays> {
    Pair<First.Arrays, Second.Arrays>(first.arrays(leaf), second.arrays(leaf))
  }
  /// The leaves of the twin structure in the same order.
  public static func leaves(of arrays: Pair<First.Arrays, Second.Arrays>) -> [ShapedArray] {
    First.leaves(of: arrays.first) + Second.leaves(of: arrays.second)
  }
  /// A structure like an example, with other leaves in the same order.
  public static func arrays(
    like arrays: Pair<First.Arrays, Second.Arrays>, _ next: () -> ShapedArray
  ) -> Pair<First.Arrays, Second.Arrays> {
    let first = First.arrays(like: arrays.first, next)
    return Pair<First.Arrays, Second.Arrays>(first, Second.arrays(like: arrays.second, next))
  }
}
