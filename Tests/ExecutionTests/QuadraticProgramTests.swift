import Execution
import Tensors
import TestSupport
import Testing

struct QuadraticProgramTests {
  /// A kernel matrix as single precision leaves it: its transpose differs in the last bits.
  @Test func theLastBitsOfAMatrixNeedNotBeSymmetric() {
    let (rows, columns, features) = (12, 3, 5)
    var numbers = TestNumbers(seed: 4)
    let x = (0..<rows * features).map { _ in numbers.next(in: -2...2) }
    var exact = [Double](repeating: 0, count: rows * rows)
    for i in 0..<rows {
      for j in 0..<rows {
        for k in 0..<features { exact[i * rows + j] += x[i * features + k] * x[j * features + k] }
      }
      exact[i * (rows + 1)] += 1
    }
    let rounded = exact.indices.map { $0 % 3 == 0 ? exact[$0] * (1 + 1e-7) : exact[$0] }
    let labels = (0..<rows * columns).map { $0 / columns % columns == $0 % columns ? 1.0 : 0 }
    func solution(_ matrix: [Double]) -> [Double] {
      Precision.reference.values(
        like: ShapedArray.zeros(Shape([rows, rows])), ShapedArray.zeros(Shape([rows, columns])),
        ShapedArray.zeros(Shape([rows, columns])),
        at: [matrix, labels, labels.map { 0.1 * $0 }]
      ) { (h: Tensor, p: Tensor, u: Tensor) in h.quadraticProgram(linear: p, bound: u) }[0]
    }
    let (found, expected) = (solution(rounded), solution(exact))
    #expect(deviation([found], from: [expected]) < 1e-5)
    #expect(expected.contains { $0 != 0 })
  }
}
