import Episodes
import Tensors

/// The nearest mean: a class is where the features of its examples are on average.
///
/// The score of class m is −‖q − c_m‖²/d, with the prototype c_m, the mean of the class's features,
/// and their number d, by which the code of MetaOptNet divides.
///
/// - Reference: Snell, Swersky and Zemel, "Prototypical Networks for Few-shot Learning", 2017,
///   equations 1 and 2. <https://arxiv.org/abs/1703.05175>
public struct Prototypes: Head, Hashable {
  private let kind = "prototypes"

  /// The head of prototypical networks.
  public init() {}

  /// −‖q − c_m‖²/d.
  public func scores(for query: Tensor, after support: Batch<Tensor>) -> Tensor {
    let counts = support.targets.summed(along: 0).reshaped(to: [support.targets.shape[1], 1])
    let prototypes = support.targets.transposed().matmul(support.inputs) / counts
    let products = query.matmul(prototypes.transposed())
    let distances =
      query.squared().summed(along: 1, keepingAxes: true) - 2 * products
      + prototypes.squared().summed(along: 1)
    return -distances / Double(query.shape[1])
  }
}
