import Tensors

/// What an episode says to the outer loop.
public struct MetaGradient<Leaf> {
  /// How good the answers to the queries were.
  public var score: Score<Leaf>
  /// The direction of steepest ascent, under the names of the meta-parameters.
  public var gradient: Parameters<Leaf>

  /// A score with the gradient that belongs to it.
  public init(score: Score<Leaf>, gradient: Parameters<Leaf>) {
    self.score = score
    self.gradient = gradient
  }
}

extension MetaGradient: Sendable where Leaf: Sendable {}
extension MetaGradient: Equatable where Leaf: Equatable {}

extension MetaGradient: TensorTree where Leaf == Tensor {
  /// A meta-gradient inside a program, like one of numbers.
  public init(like arrays: MetaGradient<ShapedArray>, leaf: (ShapedArray) -> Tensor) {
    self.init(
      score: Score(like: arrays.score, leaf: leaf),
      gradient: Parameters(like: arrays.gradient, leaf: leaf))
  }
  /// The score's tensors, then the gradient's.
  public var tensors: [Tensor] { score.tensors + gradient.tensors }
  /// The meta-gradient of the arrays in place of the tensors.
  public func arrays(_ leaf: (Tensor) -> ShapedArray) -> MetaGradient<ShapedArray> {
    let score = score.arrays(leaf)
    return MetaGradient<ShapedArray>(score: score, gradient: gradient.arrays(leaf))
  }
  /// The score's arrays, then the gradient's.
  public static func leaves(of arrays: MetaGradient<ShapedArray>) -> [ShapedArray] {
    Score.leaves(of: arrays.score) + Parameters<Tensor>.leaves(of: arrays.gradient)
  }
  /// A meta-gradient of the next arrays.
  public static func arrays(
    like arrays: MetaGradient<ShapedArray>, _ next: () -> ShapedArray
  ) -> MetaGradient<ShapedArray> {
    let score = Score<Tensor>.arrays(like: arrays.score, next)
    return MetaGradient<ShapedArray>(
      score: score, gradient: Parameters<Tensor>.arrays(like: arrays.gradient, next))
  }
}
