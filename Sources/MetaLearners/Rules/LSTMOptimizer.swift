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

  /// The number of weights whose cells are computed at a time.
  ///
  /// With all of a Conv-4 at once the values of all its gates would be kept for the way back, for each
  /// inner step; of so many at a time they are computed again there.
  package static let rowsAtATime = 4096

  /// The state of both cells, one row for each weight; nothing before the first step.
  public struct Memory {
    fileprivate var state: State?
  }

  fileprivate struct State {
    var cell: LSTMCell.State
    var forget: Tensor
    var rate: Tensor

    /// All of it side by side.
    var columns: Tensor {
      Tensor.concatenated([cell.output, cell.memory, forget, rate], along: 1)
    }

    /// What `columns` was put together of.
    static func of(_ columns: Tensor, hidden: Int) -> State {
      func part(_ range: Range<Int>) -> Tensor { columns.sliced(range, along: 1) }
      return State(
        cell: LSTMCell.State(output: part(0..<hidden), memory: part(hidden..<2 * hidden)),
        forget: part(2 * hidden..<2 * hidden + 1), rate: part(2 * hidden + 1..<2 * hidden + 2))
    }
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
    updated(step, from: own, remembering: &memory, inPartsOf: Self.rowsAtATime)
  }

  package func updated(
    _ step: InnerStep, from own: Parameters<Tensor>, remembering memory: inout Memory,
    inPartsOf count: Int
  ) -> Parameters<Tensor> {
    let gradient = gradientScale * step.gradient.column
    let weights = step.weights.column
    let loss = step.loss.stoppingGradient()
    let state: State
    if gradient.shape[0] <= count {
      state = next(gradient, weights, loss, after: memory.state, own)
    } else {
      let before = memory.state.map { [$0.columns] } ?? []
      let seen = Tensor.concatenated([gradient, weights] + before, along: 1)
      let made = seen.mappingRows(inPartsOf: count) { rows in
        func part(_ range: Range<Int>) -> Tensor { rows.sliced(range, along: 1) }
        let before = memory.state.map { _ in State.of(part(2..<rows.shape[1]), hidden: hidden) }
        return next(part(0..<1), part(1..<2), loss, after: before, own).columns
      }
      state = State.of(made, hidden: hidden)
    }
    memory.state = state
    let updated = state.forget.logistic() * weights - state.rate.logistic() * gradient
    return step.weights.filled(from: updated)
  }

  /// Both cells after another step.
  private func next(
    _ gradient: Tensor, _ weights: Tensor, _ loss: Tensor, after state: State?,
    _ own: Parameters<Tensor>
  ) -> State {
    let cell = inputs(gradient, loss).labelled("lstm") {
      self.cell($0, after: state?.cell, own.scope("cell"))
    }
    func gate(_ name: String, _ before: Tensor?) -> Tensor {
      let rows = Tensor.concatenated(
        [cell.output, weights, before ?? weights.constant(0)], along: 1)
      return rows.matmul(own["\(name)/weight"]) + own["\(name)/bias"]
    }
    return State(
      cell: cell, forget: gate("forget", state?.forget), rate: gate("rate", state?.rate))
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
