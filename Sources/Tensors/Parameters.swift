import OrderedCollections

/// Named leaves in a fixed order: weights, gradients, learned rates, an optimiser's state.
///
/// Parameters of tensors form a vector space, so that an update reads `weights - rate * slope`.
public struct Parameters<Leaf> {
  private var entries: OrderedDictionary<String, Leaf>

  /// The names, in order.
  public var names: [String] { entries.keys.elements }
  /// The leaves, in the order of the names.
  public var leaves: [Leaf] { entries.values.elements }

  /// No leaves.
  public init() { entries = [:] }

  /// The given leaves under the given names, which must differ.
  public init(names: [String], leaves: [Leaf]) {
    entries = OrderedDictionary(uniqueKeys: names, values: leaves)
  }

  private init(_ entries: OrderedDictionary<String, Leaf>) { self.entries = entries }

  /// The leaf of a name; setting a new name appends it.
  public subscript(name: String) -> Leaf {
    get {
      guard let leaf = entries[name] else {
        fatalError("there is no parameter \(name) among \(names.joined(separator: ", "))")
      }
      return leaf
    }
    set { entries[name] = newValue }
  }

  /// The same names with other leaves.
  public func map<Other>(_ transform: (Leaf) throws -> Other) rethrows -> Parameters<Other> {
    Parameters<Other>(try entries.mapValues(transform))
  }

  /// The same names, with leaves made of the two that share a name.
  public func zip<Other, Result>(
    _ other: Parameters<Other>, _ combine: (Leaf, Other) -> Result
  ) -> Parameters<Result> {
    Parameters<Result>(
      names: names, leaves: Swift.zip(names, leaves).map { combine($1, other[$0]) })
  }

  /// Those whose name satisfies the condition.
  public func filter(_ isIncluded: (String) -> Bool) -> Parameters {
    Parameters(entries.filter { isIncluded($0.key) })
  }

  /// Those below a prefix, without it: `scope("model")["head"]` is `["model/head"]`.
  public func scope(_ prefix: String) -> Parameters {
    let inside = filter { $0.hasPrefix(prefix + "/") }
    return Parameters(
      names: inside.names.map { String($0.dropFirst(prefix.count + 1)) }, leaves: inside.leaves)
  }

  /// All of these below a prefix.
  public func scoped(_ prefix: String) -> Parameters {
    Parameters(names: names.map { prefix + "/" + $0 }, leaves: leaves)
  }

  /// These with the leaves of `other` in place of, or after, their own.
  public func replacing(_ other: Parameters) -> Parameters {
    Parameters(entries.merging(other.entries) { $1 })
  }
}

extension Parameters: Sendable where Leaf: Sendable {}
extension Parameters: Equatable where Leaf: Equatable {}

extension Parameters: TensorTree where Leaf == Tensor {
  /// The structure of an example, each leaf made from the example's leaf.
  public init(like arrays: Parameters<ShapedArray>, leaf: (ShapedArray) -> Tensor) {
    self = arrays.map(leaf)
  }
  /// The leaves in a fixed order.
  public var tensors: [Tensor] { leaves }
  /// The twin structure, each leaf made from the tensor in its place.
  public func arrays(_ leaf: (Tensor) -> ShapedArray) -> Parameters<ShapedArray> { map(leaf) }
  /// The leaves of the twin structure in the same order.
  public static func leaves(of arrays: Parameters<ShapedArray>) -> [ShapedArray] { arrays.leaves }
  /// A structure like an example, with other leaves in the same order.
  public static func arrays(
    like arrays: Parameters<ShapedArray>, _ next: () -> ShapedArray
  ) -> Parameters<ShapedArray> {
    arrays.map { _ in next() }
  }
}

extension Parameters where Leaf == Tensor {
  /// The sum, leaf by leaf.
  public static func + (a: Self, b: Self) -> Self { a.zip(b, +) }
  /// The difference, leaf by leaf.
  public static func - (a: Self, b: Self) -> Self { a.zip(b, -) }
  /// The elementwise product, leaf by leaf.
  public static func * (a: Self, b: Self) -> Self { a.zip(b, *) }
  /// Every leaf multiplied by a number.
  public static func * (a: Double, b: Self) -> Self { b.map { a * $0 } }
  /// Every leaf multiplied by a scalar tensor.
  public static func * (a: Tensor, b: Self) -> Self { b.map { a * $0 } }
  /// Every leaf divided by a number.
  public static func / (a: Self, b: Double) -> Self { a.map { $0 / b } }
  /// Subtracts leaf by leaf.
  public static func -= (a: inout Self, b: Self) { a = a - b }

  /// ⟨a, b⟩, over all elements of all leaves.
  public func dot(_ other: Self) -> Tensor {
    let products = zip(other) { $0.dot($1) }.leaves
    return products.dropFirst().reduce(products[0], +)
  }

  /// ‖a‖², over all elements of all leaves.
  public func squaredNorm() -> Tensor { dot(self) }

  /// The same values, constant in the eyes of `gradient`.
  public func stoppingGradient() -> Self { map { $0.stoppingGradient() } }
}

/// The gradient of a scalar with respect to parameters, under the same names.
public func gradient(
  of loss: Tensor, withRespectTo parameters: Parameters<Tensor>
) -> Parameters<Tensor> {
  Parameters(
    names: parameters.names, leaves: gradient(of: loss, withRespectTo: parameters.leaves))
}
