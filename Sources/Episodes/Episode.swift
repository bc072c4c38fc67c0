import Tensors

/// Inputs with what is to be predicted of them, both along a first axis of examples.
///
/// `Batch<ShapedArray>` holds numbers; `Batch<Tensor>` is the same structure inside a program.
public struct Batch<Leaf> {
  /// What is seen: images of shape `[images, height, width, channels]`, or `[points, 1]`.
  public var inputs: Leaf
  /// What is to be said: one-hot labels of shape `[images, ways]`, or `[points, 1]`.
  public var targets: Leaf

  /// Inputs with their targets.
  public init(inputs: Leaf, targets: Leaf) {
    self.inputs = inputs
    self.targets = targets
  }
}

/// A few-shot problem: examples to adapt to, and examples to answer afterwards.
public struct Episode<Leaf> {
  /// The examples to adapt to.
  public var support: Batch<Leaf>
  /// The examples to answer after adaptation.
  public var query: Batch<Leaf>

  /// A support set with its query set.
  public init(support: Batch<Leaf>, query: Batch<Leaf>) {
    self.support = support
    self.query = query
  }
}

extension Batch: Sendable where Leaf: Sendable {}
extension Batch: Equatable where Leaf: Equatable {}
extension Episode: Sendable where Leaf: Sendable {}
extension Episode: Equatable where Leaf: Equatable {}
