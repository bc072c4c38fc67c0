import Networks
import Tensors

/// The meta-learner LSTM: weights are the cell state of a recurrent network that reads gradients.
///
/// θ⁽ᵗ⁺¹⁾ = σ(f⁽ᵗ⁾) ⊙ θ⁽ᵗ⁾ − σ(i⁽ᵗ⁾) ⊙ ∇ (equation 3.3), with a forget gate
/// f⁽ᵗ⁾ = [h, θ⁽ᵗ⁾, f⁽ᵗ⁻¹⁾] · W_f + b_f that decays weights and an input gate i⁽ᵗ⁾, likewise with
/// W_i and b_i, that is the learning rate. h is the output of an ordinary LSTM that reads the
/// gradient; both are the same for all weights, with a state for each. As in the authors' code and
/// its ancestors, that LSTM stands before the gates, which equation 3.3 leaves out, and gates are
/// fed back as they are before σ, which it writes as after.
///
/// - Reference: Ravi and Larochelle, "Optimization as a Model for Few-Shot Learning", 2017;
///   Huisman, Plaat and van Rijn, Machine Learning 111, 2022, section 3.3.2.
public struct LSTMOptimizer: UpdateRule, Hashable {
  private let kind = "lstm optimizer"

  /// What the ordinary LSTM reads.
  public enum Input: String, Codable, Sendable {
    /// Logarithm and sign of loss and gradient: the original form. The loss is a constant for the
    /// outer loop, whatever the order.
    case logarithms
    /// The gradient as it is: the enhanced form.
    case gradient
  }

  /// What is read.
  public var input: Input
  /// The number of hidden units.
  public var hidden: Int
  /// What gradients are multiplied with before anything else sees them.
  ///
  /// The authors divide by the number of examples, although the loss is a mean already.
  public var gradientScale: Double

  /// The state of both cells, one row for each weight.
  public struct Memory {
    fileprivate var cell: LSTMCell.State?
    fileprivate var forget: Tensor?
    fileprivate var rate: Tensor?
  }

  /// An optimizer with so many hidden units.
  public init(input: Input, hidden: Int = 20, gradientScale: Double = 1) {
    self.input = input
    self.hidden = hidden
    self.gradientScale = gradientScale
  }

  private var cell: LSTMCell { LSTMCell(inputs: input == .gradient ? 1 : 4, hidden: hidden) }

  /// The ordinary LSTM below `cell`; W_f, b_f and W_i, b_i below `forget` and `rate`.
  ///
  /// W is uniform in ±0.01, b_f in [4, 6] and b_i in [−5, −4]: learning begins near gradient
  /// descent with a rate of 0.01.
  public func initialParameters(
    for weights: Parameters<ShapedArray>, using generator: inout some RandomNumberGenerator
  ) -> Parameters<ShapedArray> {
    var own = cell.initialWeights(using: &generator).scoped("cell")
    for (gate, range) in [("forget", 4.0...6.0), ("rate", -5.0 ... -4.0)] {
      own["\(gate)/weight"] = Initializer.uniform(-0.01...0.01)([hidden + 2, 1], using: &generator)
      own["\(gate)/bias"] = Initializer.uniform(range)([1, 1], using: &generator)
    }
    return own
  }

  /// Neither cell has seen anything.
  public func initialMemory(from meta: Parameters<Tensor>) -> Memory { Memory() }

  /// σ(f) ⊙ θ − σ(i) ⊙ ∇.
  public func updated(
    _ step: InnerStep, from own: Parameters<Tensor>, remembering memory: inout Memory
  ) -> Parameters<Tensor> {
    let gradient = gradientScale * step.gradient.column
    let weights = step.weights.column
    let state = inputs(gradient, step.loss.stoppingGradient()).labelled("lstm") {
      cell($0, after: memory.cell, own.scope("cell"))
    }
    func gate(_ name: String, _ before: Tensor?) -> Tensor {
      let rows = Tensor.concatenated(
        [state.output, weights, before ?? weights.constant(0)], along: 1)
      return rows.matmul(own["\(name)/weight"]) + own["\(name)/bias"]
    }
    let (forget, rate) = (gate("forget", memory.forget), gate("rate", memory.rate))
    memory = Memory(cell: state, forget: forget, rate: rate)
    let updated = forget.logistic() * weights - rate.logistic() * gradient
    return step.weights.filled(from: updated)
  }

  private func inputs(_ gradient: Tensor, _ loss: Tensor) -> Tensor {
    guard input == .logarithms else { return gradient }
    let column = loss.broadcast(to: gradient.shape)
    return Tensor.concatenated(
      column.logarithmAndSign() + gradient.logarithmAndSign(), along: 1)
  }
}

extension Tensor {
  /// Two numbers for each, both of moderate size whatever its own: (log|x| / p, sign x) where
  /// |x| ≥ e⁻ᵖ, else (−1, eᵖx), with p = 10.
  ///
  /// - Reference: Andrychowicz et al., "Learning to learn by gradient descent by gradient descent",
  ///   2016, appendix A.
  func logarithmAndSign() -> [Tensor] {
    let (p, bound) = (10.0, 4.539_992_976_248_485e-5)
    let isSmall = constant(bound).greater(than: absolute())
    let logarithm = (1 / p) * (absolute() + 1e-8).log()
    return [
      isSmall.select(constant(-1), logarithm), isSmall.select((1 / bound) * self, sign()),
    ]
  }
}
