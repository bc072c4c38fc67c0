import Episodes
import Networks
import Tensors

/// y = b tanh(ax): a network of two weights, whose landscapes can be seen.
struct PlaneNetwork: Model {
  private let kind = "plane network"
  /// (a, b) before adaptation.
  var start: [Double]

  /// A network with some first weights.
  init(start: [Double]) { self.start = start }

  func initialWeights(
    using generator: inout some RandomNumberGenerator
  ) -> Parameters<ShapedArray> {
    Parameters(
      names: ["a", "b"], leaves: start.map { ShapedArray([Float($0)], shape: [1, 1]) })
  }

  func callAsFunction(_ x: Tensor, _ weights: Parameters<Tensor>) -> Tensor {
    x.matmul(weights["a"]).tanh().matmul(weights["b"])
  }
}
