import Tensors

/// Meta-Curvature: the gradient of every weight passes through learned matrices, one per axis.
///
/// The step is θ′ = θ − α M∇L(θ). For a dense weight, with G of shape `[in, out]`, MG is
/// M_in G M_out; a filter has the same product at each of its places, and then M_p mixes the places;
/// for a vector, M is diagonal. All of them begin at the identity, where the rule is gradient
/// descent, and stay as the outer loop made them.
///
/// - Reference: Park and Oliva, "Meta-Curvature", NeurIPS 2019. <https://arxiv.org/abs/1902.03356>
public struct MetaCurvature: UpdateRule, Hashable {
  private let kind = "meta-curvature"
  /// α, which stays as it is.
  public var rate: Double

  /// Curvature at the identity, with a rate outside.
  public init(rate: Double) { self.rate = rate }

  /// M: `input`, `output` and `position` for filters, `input` and `output` for dense weights,
  /// `scale` for vectors, each below the weight's name.
  public func initialParameters(
    for weights: Parameters<ShapedArray>, using generator: inout some RandomNumberGenerator
  ) -> Parameters<ShapedArray> {
    var own = Parameters<ShapedArray>()
    for (name, weight) in zip(weights.names, weights.leaves) {
      let shape = weight.shape
      guard shape.rank > 1 else {
        own[name + "/scale"] = ShapedArray(repeating: 1, shape: shape)
        continue
      }
      own[name + "/input"] = .identity(shape[-2])
      own[name + "/output"] = .identity(shape[-1])
      if shape.rank == 4 { own[name + "/position"] = .identity(shape[0] * shape[1]) }
    }
    return own
  }

  /// θ − α M∇L(θ).
  public func updated(
    _ step: InnerStep, from meta: Parameters<Tensor>, remembering memory: inout Void
  ) -> Parameters<Tensor> {
    let gradient = step.gradient
    let direction = Parameters(
      names: gradient.names,
      leaves: zip(gradient.names, gradient.leaves).map { name, slope in
        Self.transformed(slope, by: meta.scope(name))
      })
    return step.weights - rate * direction
  }

  private static func transformed(_ slope: Tensor, by factors: Parameters<Tensor>) -> Tensor {
    let shape = slope.shape
    if shape.rank < 2 { return factors["scale"] * slope }
    if shape.rank == 2 { return factors["input"].matmul(slope).matmul(factors["output"]) }
    // The places come last while the inputs are mixed, and first while the places are.
    let (places, inputs, outputs) = (shape[0] * shape[1], shape[2], shape[3])
    let mixedOutputs = slope.reshaped(to: [places * inputs, outputs]).matmul(factors["output"])
    let mixedPlaces = factors["position"].matmul(
      mixedOutputs.reshaped(to: [places, inputs * outputs]))
    let mixedInputs = factors["input"].matmul(
      mixedPlaces.reshaped(to: [places, inputs, outputs]).transposed(1, 0, 2)
        .reshaped(to: [inputs, places * outputs]))
    return mixedInputs.reshaped(to: [inputs, places, outputs]).transposed(1, 0, 2)
      .reshaped(to: shape)
  }
}
