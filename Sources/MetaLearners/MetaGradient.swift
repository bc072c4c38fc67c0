import Tensors

/// What an episode says to the outer loop.
public struct MetaGradient<Leaf> {
  /// How good the answers to the queries were.
  public var score: Score<Leaf>
  /// The direction of steepest ascent, under the names of the meta-parameters.
  public var gradient: Parameters<Leaf>
  /// The statistics of normalised batches, pass by pass, where running ones are kept of them.
  public var statistics: [Parameters<Leaf>]

  /// A score with the gradient that belongs to it.
  public init(
    score: Score<Leaf>, gradient: Parameters<Leaf>, statistics: [Parameters<Leaf>] = []
  ) {
    self.score = score
    self.gradient = gradient
    self.statistics = statistics
  }
}

extension MetaGradient: Sendable where Leaf: Sendable {}
extension MetaGradient: Equatable where Leaf: Equatable {}

extension MetaGradient: TensorTree where Leaf == Tensor {
  /// A meta-gradient inside a program, like one of numbers.
  public init(like arrays: MetaGradient<ShapedArray>, leaf: (ShapedArray) -> Tensor) {
    self.init(
      score: Score(like: arrays.score, leaf: leaf),
      gradient: Parameters(like: arrays.gradient, leaf: leaf),
      statistics: [Parameters<Tensor>](like: arrays.statistics, leaf: leaf))
  }
  /// The score's tensors, then the gradient's, then the statistics'.
  public var tensors: [Tensor] { score.tensors + gradient.tensors + statistics.tensors }
  /// The meta-gradient of the arrays in place of the tensors.
  public func arrays(_ leaf: (Tensor) -> ShapedArray) -> MetaGradient<ShapedArray> {
    let score = score.arrays(leaf)
    let gradient = gradient.arrays(leaf)
    return MetaGradient<ShapedArray>(
      score: score, gradient: gradient, statistics: statistics.arrays(leaf))
  }
  /// The score's arrays, then the gradient's, then the statistics'.
  public static func leaves(of arrays: MetaGradient<ShapedArray>) -> [ShapedArray] {
    Score.leaves(of: arrays.score) + Parameters<Tensor>.leaves(of: arrays.gradient)
      + [Parameters<Tensor>].leaves(of: arrays.statistics)
  }
  /// A meta-gradient of the next arrays.
  public static func arrays(
    like arrays: MetaGradient<ShapedArray>, _ next: () -> ShapedArray
  ) -> MetaGradient<ShapedArray> {
    let score = Score<Tensor>.arrays(like: arrays.score, next)
    let gradient = Parameters<Tensor>.arrays(like: arrays.gradient, next)
    return MetaGradient<ShapedArray>(
      score: score, gradient: gradient,
      statistics: [Parameters<Tensor>].arrays(like: arrays.statistics, next))
  }
}
