import Networks
import Tensors

/// How good some answers are.
public struct Score<Leaf> {
  /// The loss, a scalar.
  public var loss: Leaf
  /// The fraction of right answers, a scalar; zero where targets are no classes.
  public var accuracy: Leaf

  /// A loss with an accuracy.
  public init(loss: Leaf, accuracy: Leaf) {
    self.loss = loss
    self.accuracy = accuracy
  }
}

extension Score: Sendable where Leaf: Sendable {}
extension Score: Equatable where Leaf: Equatable {}

extension Score where Leaf == Tensor {
  /// The score of answers, by a loss.
  public init(_ answers: Tensor, _ targets: Tensor, by loss: Loss) {
    self.init(loss: loss(answers, targets), answers, targets, by: loss)
  }

  init(loss value: Tensor, _ answers: Tensor, _ targets: Tensor, by loss: Loss) {
    self.init(loss: value, accuracy: loss.accuracy(answers, targets) ?? answers.scalar(0))
  }
}

extension Score: TensorTree where Leaf == Tensor {
  /// A score inside a program, like one of numbers.
  public init(like arrays: Score<ShapedArray>, leaf: (ShapedArray) -> Tensor) {
    self.init(loss: leaf(arrays.loss), accuracy: leaf(arrays.accuracy))
  }
  /// The loss, then the accuracy.
  public var tensors: [Tensor] { [loss, accuracy] }
  /// The score of the arrays in place of the tensors.
  public func arrays(_ leaf: (Tensor) -> ShapedArray) -> Score<ShapedArray> {
    let loss = leaf(loss)
    return Score<ShapedArray>(loss: loss, accuracy: leaf(accuracy))
  }
  /// The loss, then the accuracy.
  public static func leaves(of arrays: Score<ShapedArray>) -> [ShapedArray] {
    [arrays.loss, arrays.accuracy]
  }
  /// A score of the next two arrays.
  public static func arrays(
    like arrays: Score<ShapedArray>, _ next: () -> ShapedArray
  ) -> Score<ShapedArray> {
    let loss = next()
    return Score<ShapedArray>(loss: loss, accuracy: next())
  }
}
