import Tensors

extension OpCase {
  /// Every operation, and compositions whose derivatives are easily got wrong.
  package static let all: [OpCase] = arithmetic + functions + reductions + shaping + contractions

  static let arithmetic: [OpCase] = [
    OpCase("add", [[3, 4], [3, 4]]) { $0[0] + $0[1] * $0[1] },
    OpCase("add broadcast", [[3, 4], [4]]) { ($0[0] + $0[1]).squared() },
    OpCase("subtract", [[3, 4], [3, 1]]) { ($0[0] - $0[1]).squared() },
    OpCase("multiply", [[2, 3, 4], [3, 1]]) { $0[0] * $0[1] },
    OpCase("divide", [[3, 4], [4]], in: 0.5...2) { $0[0] / $0[1] },
    OpCase("maximum", [[5, 4], [5, 4]]) { ($0[0].squared()).maximum($0[1]) * $0[0] },
    OpCase("minimum", [[5, 4], [5, 4]]) { ($0[0].squared()).minimum($0[1]) * $0[0] },
    OpCase("select", [[5, 4], [5, 4]]) {
      $0[0].greater(than: $0[1]).select($0[0] * $0[1], $0[1].squared())
    },
    OpCase("constants", [[3, 4]]) { 2 * (3 - $0[0]) * ($0[0] / 4 + 1.5) - 0.25 },
    OpCase("equal", [[3, 4]]) { $0[0].equal(to: $0[0]) * $0[0].squared() },
  ]

  static let functions: [OpCase] = [
    OpCase("negate", [[7]]) { -($0[0].squared()) },
    OpCase("reciprocal", [[7]], in: 0.5...2) { $0[0].reciprocal() },
    OpCase("square", [[7]]) { $0[0].squared() * $0[0] },
    OpCase("squareRoot", [[7]], in: 0.5...2) { $0[0].squareRoot() },
    OpCase("reciprocalSquareRoot", [[7]], in: 0.5...2) { $0[0].reciprocalSquareRoot() },
    OpCase("exp", [[7]]) { $0[0].exp() },
    OpCase("log", [[7]], in: 0.5...2) { $0[0].log() },
    OpCase("softplus", [[7]], in: -3...3) { $0[0].softplus() },
    OpCase("tanh", [[37]], in: -2...2) { $0[0].tanh() },
    OpCase("logistic", [[7]], in: -3...3) { $0[0].logistic() },
    OpCase("sine", [[7]], in: -4...4) { $0[0].sine() },
    OpCase("cosine", [[7]], in: -4...4) { $0[0].cosine() },
    OpCase("absolute", [[7]]) { $0[0].absolute() * $0[0] },
    OpCase("relu", [[67]]) { $0[0].relu() * $0[0] },
    OpCase("leakyRelu", [[37]]) { $0[0].leakyRelu(0.1) * $0[0] },
    OpCase("step and sign", [[37]]) { ($0[0].step() + $0[0].sign()) * $0[0].squared() },
  ]

  static let reductions: [OpCase] = [
    OpCase("sum all", [[3, 4, 5]]) { $0[0].squared().summed() },
    OpCase("sum first", [[6, 5]]) { $0[0].squared().summed(along: 0) },
    OpCase("sum last", [[6, 5]]) { $0[0].exp().summed(along: 1) },
    OpCase("sum middle", [[4, 6, 5]]) { $0[0].exp().summed(along: 1) },
    OpCase("sum apart", [[4, 6, 5]]) { $0[0].exp().summed(along: 0, 2) },
    OpCase("mean", [[4, 6, 5]]) { ($0[0] - $0[0].mean(along: 0, 1, keepingAxes: true)).squared() },
    OpCase("maximum along", [[4, 6]]) { $0[0].maximum(along: 1).squared() },
    OpCase("logSumExp", [[4, 6]]) { $0[0].logSumExp(along: -1) },
    OpCase("gathered", [[4, 6], [4, 6]]) { $0[0].gathered(by: $0[1]).squared() },
    OpCase("batch norm", [[3, 4, 4, 8], [8], [8]]) { x in
      let centred = x[0] - x[0].mean(along: 0, 1, 2, keepingAxes: true)
      let variance = centred.squared().mean(along: 0, 1, 2, keepingAxes: true)
      return (centred * (variance + 1e-3).reciprocalSquareRoot() * x[1] + x[2]).softplus()
    },
    OpCase("cross-entropy", [[5, 7], [5, 7]]) { x in
      (x[0].logSumExp(along: -1) - x[0].gathered(by: x[1])).mean()
    },
  ]

  static let shaping: [OpCase] = [
    OpCase("reshape", [[3, 4]]) { $0[0].reshaped(to: [2, 6]).squared() },
    OpCase("transpose", [[3, 4, 5]]) { $0[0].transposed(2, 0, 1).squared() },
    OpCase("matrix transpose", [[3, 4], [4, 3]]) { ($0[0].transposed() * $0[1]).squared() },
    OpCase("slice", [[5, 6]]) { $0[0].sliced(1..<4, along: 0).sliced(2..<5, along: 1).squared() },
    OpCase("pad", [[3, 4]]) { ($0[0].padded(before: 1, after: 2, along: 1) + 1).squared() },
    OpCase("concatenate", [[3, 4], [3, 2]]) {
      Tensor.concatenated([$0[0].squared(), $0[1], $0[0]], along: 1).squared()
    },
    OpCase("stack", [[3, 4], [3, 4]]) { Tensor.stacked([$0[0], $0[1].squared()]).squared() },
    OpCase("variable", [[3, 4]]) {
      $0[0].reshaped(to: [12]).asVariable().reshaped(to: [2, 6]).squared()
    },
    OpCase("slices side by side", [[7, 4]]) { x in
      let parts = [(0, 2), (2, 3), (5, 2)].map { first, count in
        Double(first + 1) * x[0].sliced(first..<first + count, along: 0)
      }
      return Tensor.concatenated([parts[1], parts[2], parts[0]], along: 0).squared()
    },
    OpCase("recomputed", [[3, 4], [4, 5]]) { x in
      let square = x[0].squared()
      return square.recomputing { ($0.matmul(x[1]) * x[0].summed()).tanh() } * square.summed()
    },
    OpCase("rows in parts", [[7, 2], [2, 3], [3]]) { x in
      (x[0] * x[0]).mappingRows(inPartsOf: 3) { ($0.matmul(x[1]) + x[2]).tanh().squared() }
    },
    OpCase("broadcast", [[3, 1, 4]]) { $0[0].broadcast(to: [2, 3, 5, 4]).squared() },
  ]

  static let contractions: [OpCase] = [
    OpCase("matmul", [[3, 4], [4, 5]]) { $0[0].matmul($0[1]).squared() },
    OpCase("matmul transposed", [[4, 3], [5, 4]]) {
      $0[0].transposed().matmul($0[1].transposed()).squared()
    },
    OpCase("matmul batch", [[2, 3, 4], [2, 4, 5]]) { $0[0].matmul($0[1]).squared() },
    OpCase("matmul shared", [[2, 3, 4], [4, 5]]) { $0[0].matmul($0[1]).squared() },
    OpCase("convolution", [[2, 5, 6, 3], [3, 3, 3, 4]]) {
      $0[0].convolved(with: $0[1], stride: 1, padding: 1).squared()
    },
    OpCase("convolution stride 2", [[2, 7, 6, 3], [3, 3, 3, 17]]) {
      $0[0].convolved(with: $0[1], stride: 2, padding: 1).squared()
    },
    OpCase("convolution valid", [[1, 6, 6, 2], [3, 3, 2, 3]]) {
      $0[0].convolved(with: $0[1]).squared()
    },
    OpCase("convolution 1x1", [[2, 4, 4, 3], [1, 1, 3, 5]]) {
      $0[0].convolved(with: $0[1]).squared()
    },
    OpCase("pooling", [[1, 5, 4, 3]], in: 0.1...1) { $0[0].squared().maxPooled(side: 2).squared() },
    OpCase("pooling wide", [[2, 4, 6, 19]]) { x in
      // Windows whose maxima are far apart, so that no difference crosses a tie.
      let one = x[0].scalar(9).reshaped(to: [1, 1, 1, 1])
      let rows =
        one.padded(before: 0, after: 3, along: 1) + one.padded(before: 2, after: 1, along: 1)
      let columns = (0..<3).map { one.padded(before: 2 * $0, after: 5 - 2 * $0, along: 2) }
      return (x[0] + rows + columns[0] + columns[1] + columns[2]).maxPooled(side: 2).squared()
    },
    OpCase("solve", [[4, 4], [4, 3]]) { x in
      let a = x[0].matmul(x[0].transposed()) + (2 * x[0].constant(1)) * x[0].identity(4)
      return a.solve(x[1]).squared()
    },
    OpCase("quadratic program", [[5, 5], [5, 3], [5, 3]], in: 0...1) { x in
      let h = x[0].matmul(x[0].transposed()) + x[0].identity(5)
      return h.quadraticProgram(linear: x[1], bound: 0.4 * x[2] - 0.1).squared()
    },
    OpCase("quadratic program batch", [[2, 4, 4], [2, 4, 3]], in: 0...1) { x in
      let h = x[0].matmul(x[0].transposed()) + x[0].identity(4)
      return h.quadraticProgram(linear: x[1], bound: x[1].constant(0.07)).squared()
    },
  ]
}
