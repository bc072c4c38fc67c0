import Networks
import Tensors
import TestSupport
import Testing

struct LossTests {
  private func value(
    _ logits: [Double], _ targets: [Double], ways: Int, _ body: (Tensor, Tensor) -> Tensor
  ) -> Double {
    let shape = ShapedArray.zeros([logits.count / ways, ways])
    return Precision.reference.values(
      like: shape, shape, at: [logits, targets],
      of: { (a: Tensor, b: Tensor) in body(a, b) })[0][0]
  }

  @Test func crossEntropyIsTheLogarithmOfTheProbability() {
    // Probabilities 1/4, 1/4, 1/2 and the right class the last: log 2; equal logits: log 3.
    let logits = [0, 0, 0.6931471805599453, 7, 7, 7]
    let found = value(logits, [0, 0, 1, 1, 0, 0], ways: 3) { Loss.crossEntropy($0, $1) }
    #expect(abs(found - (0.6931471805599453 + 1.0986122886681098) / 2) < 1e-14)
    let perShot = value(logits, [0, 0, 1, 1, 0, 0], ways: 3) { Loss.crossEntropyPerShot($0, $1) }
    #expect(abs(perShot - 3 * found) < 1e-14)
  }

  @Test func crossEntropyDoesNotOverflow() {
    let found = value([1e4, -1e4], [0, 1], ways: 2) { Loss.crossEntropy($0, $1) }
    #expect(found == 2e4)
  }

  @Test func squaredErrorIsAMean() {
    #expect(value([1, 2, 3, 4], [0, 0, 0, 0], ways: 1) { Loss.meanSquaredError($0, $1) } == 7.5)
  }

  static let answers: [([Double], Double)] = [
    ([2, 1, 0, 0, 3, 1], 1), ([1, 2, 0, 0, 3, 1], 0.5), ([0, 0, 0, 0, 0, 0], 1 / 3),
    ([5, 5, 0, 0, 3, 1], 0.75),
  ]

  @Test(arguments: answers)
  func accuracyCountsTheLargestLogit(logits: [Double], expected: Double) {
    let found = value(logits, [1, 0, 0, 0, 1, 0], ways: 3) { accuracy($0, $1) }
    #expect(abs(found - expected) < 1e-15)
  }

  @Test func aYesOrNoIsASoftmaxOfTwo() throws {
    let (logits, targets) = ([0.7, -2, 31, 0], [1.0, 1, 0, 0])
    let found = value(logits, targets, ways: 1) { Loss.binaryCrossEntropy($0, $1) }
    let pairs = value(
      logits.flatMap { [0, $0] }, targets.flatMap { [1 - $0, $0] }, ways: 2
    ) { Loss.crossEntropy($0, $1) }
    #expect(abs(found - pairs) < 1e-14)
    // Right, wrong, wrong, undecided.
    let right = value(logits, targets, ways: 1) { logits, targets in
      Loss.binaryCrossEntropy.accuracy(logits, targets) ?? logits.summed()
    }
    #expect(right == 1.5 / 4)
  }

  @Test func noNumberIsNoAnswer() {
    for place in 0..<3 {
      var logits: [Double] = [2, 1, 0, 0, 3, 1]
      logits[place] = .nan
      #expect(value(logits, [1, 0, 0, 0, 1, 0], ways: 3) { accuracy($0, $1) }.isNaN)
      #expect(value(logits, [1, 0, 0, 0, 1, 0], ways: 1) { binaryAccuracy($0, $1) }.isNaN)
    }
  }
}
