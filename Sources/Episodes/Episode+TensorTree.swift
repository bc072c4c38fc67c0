import Tensors

extension Batch: TensorTree where Leaf == Tensor {
  /// A batch of tensors like one of arrays.
  public init(like arrays: Batch<ShapedArray>, leaf: (ShapedArray) -> Tensor) {
    self.init(inputs: leaf(arrays.inputs), targets: leaf(arrays.targets))
  }
  /// Inputs, targets.
  public var tensors: [Tensor] { [inputs, targets] }
  /// The batch of arrays made from the tensors.
  public func arrays(_ leaf: (Tensor) -> ShapedArray) -> Batch<ShapedArray> {
    Batch<ShapedArray>(inputs: leaf(inputs), targets: leaf(targets))
  }
  /// Inputs, targets.
  public static func leaves(of arrays: Batch<ShapedArray>) -> [ShapedArray] {
    [arrays.inputs, arrays.targets]
  }
  /// A batch of other arrays: inputs first.
  public static func arrays(
    like arrays: Batch<ShapedArray>, _ next: () -> ShapedArray
  ) -> Batch<ShapedArray> {
    let inputs = next()
    return Batch<ShapedArray>(inputs: inputs, targets: next())
  }
}

extension Episode: TensorTree where Leaf == Tensor {
  /// An episode of tensors like one of arrays.
  public init(like arrays: Episode<ShapedArray>, leaf: (ShapedArray) -> Tensor) {
    self.init(
      support: Batch(like: arrays.support, leaf: leaf),
      query: Batch(like: arrays.query, leaf: leaf))
  }
  /// The support's tensors, then the query's.
  public var tensors: [Tensor] { support.tensors + query.tensors }
  /// The episode of arrays made from the tensors.
  public func arrays(_ leaf: (Tensor) -> ShapedArray) -> Episode<ShapedArray> {
    Episode<ShapedArray>(support: support.arrays(leaf), query: query.arrays(leaf))
  }
  /// The support's arrays, then the query's.
  public static func leaves(of arrays: Episode<ShapedArray>) -> [ShapedArray] {
    Batch<Tensor>.leaves(of: arrays.support) + Batch<Tensor>.leaves(of: arrays.query)
  }
  /// An episode of other arrays: the support's first.
  public static func arrays(
    like arrays: Episode<ShapedArray>, _ next: () -> ShapedArray
  ) -> Episode<ShapedArray> {
    let support = Batch<Tensor>.arrays(like: arrays.support, next)
    return Episode<ShapedArray>(
      support: support, query: Batch<Tensor>.arrays(like: arrays.query, next))
  }
}
