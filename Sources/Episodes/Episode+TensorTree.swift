import Tensors

extension Batch: TensorTree where Leaf == Tensor {
  /// A batch inside a program, like one of numbers.
  public init(like arrays: Batch<ShapedArray>, leaf: (ShapedArray) -> Tensor) {
    self.init(inputs: leaf(arrays.inputs), targets: leaf(arrays.targets))
  }
  /// Inputs, then targets.
  public var tensors: [Tensor] { [inputs, targets] }
  /// The batch of the arrays in place of the tensors.
  public func arrays(_ leaf: (Tensor) -> ShapedArray) -> Batch<ShapedArray> {
    Batch<ShapedArray>(inputs: leaf(inputs), targets: leaf(targets))
  }
  /// Inputs, then targets.
  public static func leaves(of arrays: Batch<ShapedArray>) -> [ShapedArray] {
    [arrays.inputs, arrays.targets]
  }
  /// A batch of the next two arrays.
  public static func arrays(
    like arrays: Batch<ShapedArray>, _ next: () -> ShapedArray
  ) -> Batch<ShapedArray> {
    let inputs = next()
    return Batch<ShapedArray>(inputs: inputs, targets: next())
  }
}

extension Episode: TensorTree where Leaf == Tensor {
  /// An episode inside a program, like one of numbers.
  public init(like arrays: Episode<ShapedArray>, leaf: (ShapedArray) -> Tensor) {
    self.init(
      support: Batch(like: arrays.support, leaf: leaf), query: Batch(like: arrays.query, leaf: leaf)
    )
  }
  /// The tensors of the support, then of the query.
  public var tensors: [Tensor] { support.tensors + query.tensors }
  /// The episode of the arrays in place of the tensors.
  public func arrays(_ leaf: (Tensor) -> ShapedArray) -> Episode<ShapedArray> {
    let support = support.arrays(leaf)
    return Episode<ShapedArray>(support: support, query: query.arrays(leaf))
  }
  /// The arrays of the support, then of the query.
  public static func leaves(of arrays: Episode<ShapedArray>) -> [ShapedArray] {
    Batch.leaves(of: arrays.support) + Batch.leaves(of: arrays.query)
  }
  /// An episode of the next four arrays.
  public static func arrays(
    like arrays: Episode<ShapedArray>, _ next: () -> ShapedArray
  ) -> Episode<ShapedArray> {
    let support = Batch<Tensor>.arrays(like: arrays.support, next)
    return Episode<ShapedArray>(
      support: support, query: Batch<Tensor>.arrays(like: arrays.query, next))
  }
}
