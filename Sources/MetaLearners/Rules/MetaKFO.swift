import Networks
import Tensors

/// Meta-KFO: the gradient passes through a network of its own, which adapts as well.
///
/// The step is θ_{t+1} = θ_t − α f(∇L(θ_t); φ_{t+1}) (equation 26), with φ_{t+1} = φ_t − α ∂L(θ_t)/∂φ_t
/// (Algorithm 1, lines 6–9). L(θ_t) depends on φ_t through the update before, so φ moves from the
/// second step on; the printed line 9 leaves out α. Every weight has its own f: Kronecker layers
/// Y = L G R with an activation between them. All factors begin at the identity, so that without
/// hidden layers the rule begins as gradient descent.
///
/// Memory holds φ_t. The published examples are linear (no hidden layer) and semi-definite; its
/// description speaks of two hidden layers, and does not name the activation: tanh keeps small
/// gradients as they are, and their sign.
///
/// - Reference: Arnold, Iqbal and Sha, "When MAML Can Adapt Fast and How to Assist When It Cannot",
///   AISTATS 2021, sections 5.3 and C. <https://arxiv.org/abs/1910.13603>
public struct MetaKFO: UpdateRule, Hashable {
  /// How the factors of a layer are parametrised.
  public enum Factors: String, Codable, Sendable {
    /// L G R.
    case free
    /// (LᵀL) G (RᵀR).
    case semiDefinite = "semi-definite"
  }

  private let kind = "meta-kfo"
  /// α, for weights and for the rule's own parameters.
  public var rate: Double
  /// How factors are parametrised.
  public var factors: Factors
  /// The number of layers before the last; with none, f is linear.
  public var hiddenLayers: Int
  /// The function between two layers.
  public var activation: Activation

  /// A rule that begins near gradient descent, or with `hiddenLayers: 0` exactly at it.
  public init(
    rate: Double, factors: Factors = .semiDefinite, hiddenLayers: Int = 0,
    activation: Activation = .tanh
  ) {
    precondition(hiddenLayers >= 0, "a network cannot have \(hiddenLayers) hidden layers")
    self.rate = rate
    self.factors = factors
    self.hiddenLayers = hiddenLayers
    self.activation = activation
  }

  private var layer: KroneckerLayer { KroneckerLayer(isSemiDefinite: factors == .semiDefinite) }

  private static func name(ofLayer number: Int, of weight: String) -> String {
    "\(weight)/layer\(number + 1)"
  }

  /// φ: `left` and `right` of every layer, below the weight's name.
  public func initialParameters(
    for weights: Parameters<ShapedArray>, using generator: inout some RandomNumberGenerator
  ) -> Parameters<ShapedArray> {
    var own = Parameters<ShapedArray>()
    for (name, weight) in zip(weights.names, weights.leaves) {
      let factors = layer.initialParameters(for: GradientMatrices(shape: weight.shape))
      for number in 0...hiddenLayers {
        own = own.replacing(factors.scoped(Self.name(ofLayer: number, of: name)))
      }
    }
    return own
  }

  /// φ_1, the meta-parameters themselves.
  public func initialMemory(from meta: Parameters<Tensor>) -> Parameters<Tensor> { meta }

  /// θ_t − α f(∇L(θ_t); φ_{t+1}).
  public func updated(
    _ step: InnerStep, from meta: Parameters<Tensor>, remembering own: inout Parameters<Tensor>
  ) -> Parameters<Tensor> {
    if step.index > 0 { own = own - rate * step.gradient(withRespectTo: own) }
    let gradient = step.gradient
    let direction = Parameters(
      names: gradient.names,
      leaves: zip(gradient.names, gradient.leaves).map { transformed($1, of: $0, by: own) })
    return step.weights - rate * direction
  }

  /// f(g; φ) for one weight.
  private func transformed(
    _ slope: Tensor, of name: String, by own: Parameters<Tensor>
  ) -> Tensor {
    let view = GradientMatrices(shape: slope.shape)
    var matrices = view.matrices(of: slope)
    for number in 0...hiddenLayers {
      if number > 0 { matrices = activation(matrices) }
      matrices = layer(matrices, own.scope(Self.name(ofLayer: number, of: name)))
    }
    return view.gradient(of: matrices)
  }
}
