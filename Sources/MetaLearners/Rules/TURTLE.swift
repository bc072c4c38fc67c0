import Networks
import Tensors

/// Stateless neural meta-learning: a small network proposes the change of every single weight.
///
/// θ⁽ᵗ⁺¹⁾ = θ⁽ᵗ⁾ + α ⊙ g_φ(I⁽ᵗ⁾) (equation 3.7). The network g_φ sees one row of inputs for each
/// weight and is the same for all of them; φ and α are learned together with θ⁽⁰⁾. Since nothing
/// keeps the update small, its inputs are usually a ``ClippedGradient``'s.
///
/// - Reference: Huisman, Plaat and van Rijn, "Stateless neural meta-learning using second-order
///   gradients", Machine Learning 111, 2022. <https://doi.org/10.1007/s10994-022-06210-y>
public struct TURTLE: UpdateRule, Hashable {
  private let kind = "turtle"

  /// A column of what the network sees of a weight.
  public enum Input: String, Codable, Sendable {
    /// ∂L/∂θ at this step.
    case gradient
    /// The support loss, the same for all weights.
    case loss
    /// The number of steps before this one, the same for all weights.
    case time
    /// The moving average of gradients, this one included; it begins with the first gradient.
    case gradientHistory
    /// The moving average of the updates before this step; it begins with zeros.
    case updateHistory
  }

  /// What the network's proposals are multiplied with.
  public enum Rates: Codable, Hashable, Sendable {
    /// Nothing: α is a vector of ones.
    case ones
    /// A learned number for every weight, drawn uniformly in an interval.
    case learned(from: ClosedRange<Double>)
  }

  /// The columns of I, in order.
  public var inputs: [Input]
  /// The number of hidden layers; without any, the network is linear.
  public var hiddenLayers: Int
  /// The number of units in a hidden layer.
  public var width: Int
  /// α.
  public var rates: Rates
  /// β of equation 3.6, h⁽ᵗ⁺¹⁾ = β h⁽ᵗ⁾ + (1 − β) v⁽ᵗ⁾.
  public var decay = 0.9

  /// The number of weights that the network is applied to at a time.
  ///
  /// With all of a Conv-4 at once its hidden values would take 46 MB for each inner step; those of
  /// so many stay in a cache.
  private static let rowsAtATime = 4096

  /// The averages that this rule carries through an inner loop, as columns.
  public struct Averages {
    fileprivate var gradient: Tensor?
    fileprivate var update: Tensor?
  }

  /// A rule whose network has so many hidden layers.
  public init(
    inputs: [Input] = [.gradient], hiddenLayers: Int = 5, width: Int = 20, rates: Rates = .ones
  ) {
    precondition(!inputs.isEmpty && Set(inputs).count == inputs.count, "inputs are distinct")
    precondition(hiddenLayers >= 0 && width > 0, "layers and units are counted from zero and one")
    self.inputs = inputs
    self.hiddenLayers = hiddenLayers
    self.width = width
    self.rates = rates
  }

  /// g: from a row of inputs to the change of a weight.
  private var network: Perceptron {
    Perceptron(
      widths: [inputs.count] + [Int](repeating: width, count: hiddenLayers) + [1],
      initializer: .fanInUniform)
  }

  /// φ below `network`, and α as `rates` where it is learned.
  public func initialParameters(
    for weights: Parameters<ShapedArray>, using generator: inout some RandomNumberGenerator
  ) -> Parameters<ShapedArray> {
    var own = network.initialWeights(using: &generator).scoped("network")
    if case .learned(let range) = rates {
      own["rates"] = Initializer.uniform(range)([weights.elementCount, 1], using: &generator)
    }
    return own
  }

  /// No averages yet.
  public func initialMemory(from meta: Parameters<Tensor>) -> Averages { Averages() }

  /// θ + α ⊙ g_φ(I).
  public func updated(
    _ step: InnerStep, from own: Parameters<Tensor>, remembering averages: inout Averages
  ) -> Parameters<Tensor> {
    let gradient = step.gradient.column
    averages.gradient = averages.gradient.map { average($0, gradient) } ?? gradient
    let columns = inputs.map { input in
      switch input {
      case .gradient: gradient
      case .loss: step.observedLoss.broadcast(to: gradient.shape)
      case .time: gradient.constant(Double(step.index))
      case .gradientHistory: averages.gradient ?? gradient
      case .updateHistory: averages.update ?? gradient.constant(0)
      }
    }
    let rows = columns.count == 1 ? columns[0] : Tensor.concatenated(columns, along: 1)
    let meta = own.scope("network")
    var update = rows.labelled("meta-network") { rows in
      rows.mappingRows(inPartsOf: Self.rowsAtATime) { network($0, meta) }
    }
    if case .learned = rates { update = own["rates"] * update }
    averages.update = average(averages.update ?? update.constant(0), update)
    return step.weights + step.weights.filled(from: update)
  }

  private func average(_ before: Tensor, _ new: Tensor) -> Tensor {
    decay * before + (1 - decay) * new
  }
}
