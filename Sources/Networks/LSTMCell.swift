import Tensors

/// A layer with a memory: long short-term memory, one step at a time.
///
/// [i, f, c̃, o] = xW + b + hV + d, then c′ = σ(f) ⊙ c + σ(i) ⊙ tanh(c̃) and
/// h′ = σ(o) ⊙ tanh(c′). `input-weight` is W `[inputs, 4 · hidden]`, `hidden-weight` is V
/// `[hidden, 4 · hidden]`, `input-bias` and `hidden-bias` are b and d, as PyTorch has them.
///
/// - Reference: Hochreiter and Schmidhuber, "Long Short-Term Memory", 1997, with the forget gate of
///   Gers, Schmidhuber and Cummins, 2000.
public struct LSTMCell: Hashable, Codable, Sendable {
  /// The number of inputs.
  public var inputs: Int
  /// The number of hidden units.
  public var hidden: Int

  /// What a cell passes on to its next step, both `[rows, hidden]`.
  public struct State {
    /// What the cell puts out, h.
    public var output: Tensor
    /// What the cell keeps for itself, c.
    public var memory: Tensor

    /// A state of these two.
    public init(output: Tensor, memory: Tensor) { (self.output, self.memory) = (output, memory) }
  }

  /// A cell of so many units on so many inputs.
  public init(inputs: Int, hidden: Int) {
    precondition(inputs > 0 && hidden > 0, "a cell has inputs and hidden units")
    self.inputs = inputs
    self.hidden = hidden
  }

  /// All weights and biases uniform in ±1/√hidden.
  public func initialWeights(
    using generator: inout some RandomNumberGenerator
  ) -> Parameters<ShapedArray> {
    let bound = 1 / Double(hidden).squareRoot()
    let shapes: KeyValuePairs<String, Shape> = [
      "input-weight": [inputs, 4 * hidden], "input-bias": [4 * hidden],
      "hidden-weight": [hidden, 4 * hidden], "hidden-bias": [4 * hidden],
    ]
    var weights = Parameters<ShapedArray>()
    for (name, shape) in shapes {
      weights[name] = Initializer.uniform(-bound...bound)(shape, using: &generator)
    }
    return weights
  }

  /// The state after the inputs `[rows, inputs]`; before the first there is none, which is zeros.
  public func callAsFunction(
    _ x: Tensor, after state: State?, _ weights: Parameters<Tensor>
  ) -> State {
    // Slicing weights rather than sums of products keeps what is copied small.
    func gate(_ index: Int) -> Tensor {
      let columns = index * hidden..<(index + 1) * hidden
      let part = { (name: String) in weights[name].sliced(columns, along: -1) }
      let fromInputs = x.matmul(part("input-weight"))
      let bias = part("input-bias") + part("hidden-bias")
      guard let state else { return fromInputs + bias }
      return fromInputs + state.output.matmul(part("hidden-weight")) + bias
    }
    let candidate = gate(0).logistic() * gate(2).tanh()
    let memory = state.map { gate(1).logistic() * $0.memory + candidate } ?? candidate
    return State(output: gate(3).logistic() * memory.tanh(), memory: memory)
  }
}
